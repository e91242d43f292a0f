using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelGen.Specs;

/// <summary>What can be the name of a generated class, or of its namespace.</summary>
internal static class ClassName
{
    /// <summary>Why <paramref name="name"/> can't be used, or null when it can.</summary>
    public static string? Objection(string name, bool dotted)
    {
        if (dotted && name.Length == 0)
            return null;
        var parts = dotted ? name.Split('.') : [name];
        if (name.Length > 500 || !parts.All(IsIdentifier))
            return dotted ? "a namespace is C# identifiers with dots between them" : "it must be a C# identifier: a letter and then letters, digits or underscores";
        return parts.FirstOrDefault(part => SyntaxFacts.GetKeywordKind(part) != SyntaxKind.None) is { } keyword ? $"'{keyword}' is a word of C#" : null;
    }

    // C# also allows formatting characters, which no one sees and which do not count: two names that differ in them are the same.
    private static bool IsIdentifier(string part) =>
        SyntaxFacts.IsValidIdentifier(part) && part.All(character => char.GetUnicodeCategory(character) != UnicodeCategory.Format);
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Emit;

/// <summary>The words of C#, which can be names only behind an @.</summary>
internal static class CSharpWord
{
    // The language's specification, 6.4.4.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort",
        "using", "virtual", "void", "volatile", "while",
    };

    public static string Escape(string name) => Reserved.Contains(name) ? "@" + name : name;

    /// <summary>A type in small letters alone may be a word of C#, such as <c>record</c>, or become one: the compiler's warning CS8981.</summary>
    public static string EscapeType(string name)
    {
        foreach (var character in name)
        {
            if (character is not (>= 'a' and <= 'z'))
                return name;
        }

        return "@" + name;
    }

    public static string EscapeNamespace(string name) => string.Join(".", name.Split('.').Select(Escape));
}

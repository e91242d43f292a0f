using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.Tests.Robustness;

/// <summary>What holds of everything that ModelGen says or writes, whatever it was given.</summary>
internal static class Expect
{
    private const int LongestMessage = 2_000;

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>Each stands inside the text, by offset and by line, and there are no more of them than the text has parts.</summary>
    public static void PlacesInside(string text, SpecReading reading, IReadOnlyCollection<Finding> findings)
    {
        Assert.InRange(findings.Count, 0, 20 + text.Count(character => character is ',' or ':' or '[' or '{'));
        foreach (var finding in findings)
        {
            var span = reading.Map.Find(finding.Path);
            Assert.InRange(span.Start, 0, text.Length);
            Assert.InRange(span.Start + span.Length, span.Start, text.Length);
            Assert.Equal(PlaceOf(text, span.Start), reading.Map.Lines.PositionOf(span.Start));
            Assert.Equal(PlaceOf(text, span.Start + span.Length), reading.Map.Lines.PositionOf(span.Start + span.Length));
            OneSentence(finding.Message);
        }
    }

    /// <summary>Each stands in one of the compilation's trees.</summary>
    public static void PlacesInside(Compilation compilation, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Assert.StartsWith("MG", diagnostic.Id, StringComparison.Ordinal);
            Assert.True(diagnostic.Location.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree), diagnostic.ToString());
            Assert.InRange(diagnostic.Location.SourceSpan.End, 0, diagnostic.Location.SourceTree.Length);
            OneSentence(diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>It is C#, and nothing that the spec quotes has become a part of it, but for members of an enum that are named after classes.</summary>
    public static void SoundCode(string code) => SoundCode(CSharpSyntaxTree.ParseText(code, Parse));

    /// <inheritdoc cref="SoundCode(string)"/>
    public static void SoundCode(SyntaxTree tree)
    {
        Assert.Empty(tree.GetDiagnostics());
        if (tree.ToString().Contains(HostileText.Intruder, StringComparison.Ordinal))
            Assert.DoesNotContain(Tokens(tree), token =>
                token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == HostileText.Intruder && token.Parent is not EnumMemberDeclarationSyntax);
    }

    private static IEnumerable<SyntaxToken> Tokens(SyntaxTree tree) => tree.GetRoot().DescendantTokens(descendIntoTrivia: true);

    private static void OneSentence(string message)
    {
        Assert.InRange(message.Length, 1, LongestMessage);
        Assert.DoesNotContain(message, character => char.IsControl(character) || character is '\u2028' or '\u2029');
    }

    // Lines end with \n alone, as build logs and editors of JSON count them.
    private static (int Line, int Column) PlaceOf(string text, int offset)
    {
        var before = text.AsSpan(0, offset);
        return (before.Count('\n'), offset - (before.LastIndexOf('\n') + 1));
    }
}

using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelGen.Tests.Pages;

/// <summary>
/// A block of code with what it takes to compile: a program or a part of a class stands with the network before it, or with the README's where its page
/// has none before it; a network stands with the other classes of its section.
/// </summary>
internal static class CompiledBlock
{
    /// <summary>What a new project of .NET's has for all its files.</summary>
    private static readonly (string, string) Implicit = ("Implicit.cs", """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """);

    private static readonly ConcurrentDictionary<Page, string> Generated = new();

    /// <summary>Fails when the block is not what a user could write, or, where the page calls it generated, not what the compiler writes.</summary>
    public static void AssertCompiles(CodeBlock block)
    {
        if (block.Language == "csharp generated")
            Assert.Contains(Unindented(block.Text).TrimEnd(), Generated.GetOrAdd(block.Page, GeneratedFor), StringComparison.Ordinal);
        else if (block.IsNetwork)
            Network(block).AssertClean();
        else if (Root(block).Members.OfType<GlobalStatementSyntax>().Any())
            Compiled.FromProgram(Before(block), Implicit, ("Program.cs", Program(block.Text, Before(block)))).AssertClean();
        else if (Root(block).Members.OfType<ClassDeclarationSyntax>().Any(type => type.Modifiers.Any(SyntaxKind.PartialKeyword)))
            Compiled.From(Before(block), ("Part.cs", Source(block.Text))).AssertClean();
        else if (Root(block).Members.Count == 0 || Root(block).Members[0] is IncompleteMemberSyntax)
            Compiled.From(("Net.cs", Source(Before(block).Text.Replace("[Model,", block.Text.TrimEnd() + "\n[Model,", StringComparison.Ordinal)))).AssertClean();
        else
            Compiled.From(("Beside.cs", Source(block.Text))).AssertClean();
    }

    private static Compiled Network(CodeBlock block) => Compiled.From(
        block.Language == "jsonc" ? ("Net.model.json", block.Text) : ("Net.cs", Source(block.Text)),
        ("Beside.cs", string.Concat(block.Page.Blocks
            .Where(other => other.Section == block.Section && other.Language == "csharp" && !other.IsNetwork && Root(other).Members is [ClassDeclarationSyntax { Modifiers: var modifiers }] && !modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(other => Source(other.Text)))));

    private static (string Path, string Text) Before(CodeBlock block) => block.Page.Blocks.LastOrDefault(other => other.IsNetwork && other.Line < block.Line) switch
    {
        { Language: "jsonc" } network => ("Net.model.json", network.Text),
        { } network => ("Net.cs", Source(network.Text)),
        null => SeedSpecs.Attributes,
    };

    private static string GeneratedFor(Page page) => Unindented(string.Join('\n', page.Blocks.Where(block => block.IsNetwork).SelectMany(block => Network(block).Files.Values)));

    private static CompilationUnitSyntax Root(CodeBlock block) => CSharpSyntaxTree.ParseText(block.Text).GetCompilationUnitRoot();

    // A page leaves out what its examples have in common.
    private static string Source(string code)
    {
        if (code.Contains("namespace ", StringComparison.Ordinal))
            return code;
        var usings = CSharpSyntaxTree.ParseText(code).GetCompilationUnitRoot().Usings.FullSpan.Length;
        return $"using ModelGen;\n{code[..usings]}\nnamespace Demo;\n\n{code[usings..]}";
    }

    private static string Program(string code, (string Path, string Text) network) =>
        code.Contains("using Demo;", StringComparison.Ordinal) || !(network.Path.EndsWith(".json", StringComparison.Ordinal) || network.Text.Contains("namespace Demo;", StringComparison.Ordinal))
            ? code
            : $"using Demo;\n{code}";

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));
}

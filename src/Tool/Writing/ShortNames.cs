using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Tool.Specs;

namespace ModelGen.Tool.Writing;

/// <summary>
/// Code as a person writes it, of code as a generator has to: a using for each namespace in the place of <c>global::</c>, and a type's name alone
/// wherever it can't be another's.
/// </summary>
internal sealed class ShortNames
{
    /// <summary>What the code begins with, and a blank line: the usings follow.</summary>
    public const string Head = "#nullable enable\n\n";

    // What a project of the SDK has besides: a name that is there too would be two things at once.
    private static readonly string[] ImplicitUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest, DocumentationMode.Parse);

    // .NET, TorchSharp and the runtime.
    private readonly INamespaceSymbol _known = CSharpCompilation.Create("Known", references: CSharpFiles.References).GlobalNamespace;

    // The network's own types and namespaces, and all else that has a name in it: where an expression begins, that comes before any type.
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);

    // Of the types those that stand inside of others, where they come before what the namespace has.
    private readonly HashSet<string> _inner = new(StringComparer.Ordinal);

    private ShortNames(IEnumerable<SyntaxNode> roots)
    {
        var nodes = roots.SelectMany(root => root.DescendantNodes()).ToList();
        foreach (var inside in nodes.OfType<BaseNamespaceDeclarationSyntax>())
            _types.UnionWith(inside.Name.ToString().Split('.'));
        foreach (var token in nodes
            .Where(node => node is not SimpleNameSyntax)
            .SelectMany(node => node.ChildTokens())
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken)))
        {
            var isType = token.Parent is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or TypeParameterSyntax;
            (isType ? _types : _members).Add(token.ValueText);
            if (isType && token.Parent!.Parent is TypeDeclarationSyntax or TypeParameterListSyntax)
                _inner.Add(token.ValueText);
        }
    }

    /// <summary>The files of a network.</summary>
    /// <param name="files">Their texts.</param>
    /// <param name="beside">Texts in which another part of the class stands: their names count too.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> files, IEnumerable<string> beside)
    {
        var roots = files.Select(Root).ToList();
        var names = new ShortNames(roots.Concat(beside.Select(Root)));
        return [.. files.Zip(roots, names.Of)];
    }

    private static CompilationUnitSyntax Root(string text) => CSharpSyntaxTree.ParseText(text, Parse).GetCompilationUnitRoot();

    private string Of(string text, CompilationUnitSyntax root)
    {
        var names = root.DescendantNodes(descendIntoTrivia: true).OfType<AliasQualifiedNameSyntax>()
            .Where(name => name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null && name.Alias.Identifier.IsKind(SyntaxKind.GlobalKeyword))
            .Select(name => FullName.Of(name, _known))
            .ToList();
        var own = root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString().Split('.') ?? [];
        var usings = root.Usings
            .Select(line => (line.Alias?.ToFullString() + line.NamespaceOrType).Replace("global::", "", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        var inReach = ImplicitUsings
            .Concat(usings.Where(line => !IsAlias(line)))
            .Select(Find)
            .Concat(names.Select(name => name.Namespace))
            .ToHashSet<INamespaceSymbol>(SymbolEqualityComparer.Default);

        var removed = new List<TextSpan>();
        foreach (var name in names)
        {
            // What stands in the network's own namespace needs none, be it known or a class of the user's.
            if (name.Within(own) is { } beside && !_inner.Contains(beside.ValueText) && (name.IsOnlyType || !_members.Contains(beside.ValueText)))
            {
                removed.Add(TextSpan.FromBounds(name.Start, beside.SpanStart));
                continue;
            }

            var isShort = !name.Namespace.IsGlobalNamespace && IsFree(name.Type, name);
            if (isShort)
                usings.Add(inReach.Any(other => !other.Equals(name.Namespace, SymbolEqualityComparer.Default) && Has(other, name.Type))
                    ? $"{name.Type} = {name.Namespace}.{name.Type}"
                    : $"{name.Namespace}");
            if (isShort || IsFree(name.Root, name))
                removed.Add(TextSpan.FromBounds(name.Start, isShort ? name.TypeStart : name.RootStart));
        }

        var source = SourceText.From(text);
        return source.WithChanges([
            Usings(root, usings),
            .. removed.Select(span => new TextChange(span, "")).Concat(TrailingComments.Align(root, source, removed)).OrderBy(change => change.Span.Start)]).ToString();
    }

    private bool IsFree(string word, FullName name) => !_types.Contains(word) && (name.IsOnlyType || !_members.Contains(word));

    private INamespaceSymbol Find(string name) => name.Split('.').Aggregate(_known, (outer, part) => outer.GetNamespaceMembers().First(inner => inner.Name == part));

    private static bool Has(INamespaceSymbol inside, string type) => inside.GetTypeMembers(type).Any(member => member.DeclaredAccessibility == Accessibility.Public);

    private static bool IsAlias(string line) => line.Contains('=', StringComparison.Ordinal);

    // System's first and aliases last, as dotnet format sorts them.
    private static TextChange Usings(CompilationUnitSyntax root, IEnumerable<string> usings)
    {
        var lines = usings
            .OrderBy(IsAlias)
            .ThenBy(line => line.Split('.')[0] != "System")
            .ThenBy(line => line, StringComparer.Ordinal)
            .Select(line => $"using {line};\n")
            .ToList();
        // With the blank line behind them.
        var end = root.Usings.Count == 0 ? Head.Length : root.Usings[^1].FullSpan.End + 1;
        return new TextChange(TextSpan.FromBounds(Head.Length, end), lines.Count == 0 ? "" : string.Concat(lines) + "\n");
    }

    /// <summary>A name from <c>global::</c> on, <c>global::System.Math.Max</c>.</summary>
    /// <param name="Start">Where it stands.</param>
    /// <param name="Words">Its words, from <c>System</c> on.</param>
    /// <param name="Namespace">The namespace, as far as it is known; the global one where it is not.</param>
    /// <param name="Known">How many words name that: <c>Math</c> follows them.</param>
    /// <param name="IsOnlyType">Whether only types are looked for here, so that a member of that name is no hindrance.</param>
    private sealed record FullName(int Start, IReadOnlyList<SyntaxToken> Words, INamespaceSymbol Namespace, int Known, bool IsOnlyType)
    {
        public string Root => Words[0].ValueText;

        public int RootStart => Words[0].SpanStart;

        public string Type => Words[Known].ValueText;

        public int TypeStart => Words[Known].SpanStart;

        public static FullName Of(AliasQualifiedNameSyntax name, INamespaceSymbol known)
        {
            var words = new List<SyntaxToken> { name.Name.Identifier };
            SyntaxNode whole = name;
            for (; Next(whole) is { } part; whole = whole.Parent!)
                words.Add(part.Identifier);

            var count = 0;
            while (count < words.Count - 1 && known.GetNamespaceMembers().FirstOrDefault(inner => inner.Name == words[count].ValueText) is { } inner)
                (known, count) = (inner, count + 1);
            return new(name.SpanStart, words, known, count, whole is NameSyntax && !whole.IsPartOfStructuredTrivia());
        }

        /// <summary>The word that follows a namespace; null where the name is of another one.</summary>
        public SyntaxToken? Within(string[] space) =>
            Known <= space.Length && Words.Count > space.Length && Words.Take(space.Length).Select(word => word.ValueText).SequenceEqual(space)
                ? Words[space.Length]
                : null;

        private static SimpleNameSyntax? Next(SyntaxNode node) => node.Parent switch
        {
            QualifiedNameSyntax outer when outer.Left == node => outer.Right,
            MemberAccessExpressionSyntax outer when outer.Expression == node => outer.Name,
            QualifiedCrefSyntax { Member: NameMemberCrefSyntax { Name: SimpleNameSyntax member } } outer when outer.Container == node => member,
            _ => null,
        };
    }
}

using System.Text.RegularExpressions;

namespace ModelGen.Tests.Pages;

/// <summary>A block of code on a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Section">The heading above it.</param>
/// <param name="Line">The page's line, from 1, on which its fence or its excuse stands.</param>
/// <param name="Language">The words behind the fence: <c>csharp</c>, <c>csharp generated</c>.</param>
/// <param name="Text">What stands between the fences.</param>
/// <param name="Excuse">The reason in <c>&lt;!-- Not run: … --&gt;</c> before the block, or null.</param>
internal sealed record CodeBlock(Page Page, string Section, int Line, string Language, string Text, string? Excuse)
{
    /// <summary>Whether it declares a network that can be built.</summary>
    public bool IsNetwork => Language == "jsonc" || (Language == "csharp" && Text.Contains("[Model", StringComparison.Ordinal));
}

/// <summary>A page of the docs, with its blocks of code.</summary>
internal sealed partial class Page
{
    public Page(string path)
    {
        Path = path;
        Text = File.ReadAllText(System.IO.Path.Combine(Repository.Root, path));
        var sections = Headings().Matches(Text);
        Blocks = [.. Fences().Matches(Text).Select(fence => new CodeBlock(
            this,
            sections.LastOrDefault(heading => heading.Index < fence.Index)?.Value ?? "",
            Text[..fence.Index].Count(character => character == '\n') + 1,
            fence.Groups[2].Value,
            fence.Groups[3].Value,
            fence.Groups[1].Success ? fence.Groups[1].Value : null))];
    }

    /// <summary>The pages of docs/, without those of the diagnostics, which have tests of their own.</summary>
    public static IReadOnlyList<Page> Docs { get; } =
        [.. Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, "docs"), "*.md").Order(StringComparer.Ordinal).Select(Of)];

    /// <summary>These and the pages that stand beside the sources.</summary>
    public static IReadOnlyList<Page> All { get; } =
        [.. Docs, Of("README.md"), Of("CONTRIBUTING.md"), Of("src/Package/README.md"), Of("src/Templates/README.md"), Of("src/Tool/README.md")];

    /// <summary>Every page of the repository: what links between them lead to is looked up for all.</summary>
    public static IReadOnlyList<Page> Everywhere { get; } =
        [.. All.UnionBy(Written("docs/diagnostics").Concat(Written("benchmarks")).Concat(Written("samples")).Append(Of("CHANGELOG.md")), page => page.Path)];

    /// <summary>From the repository's root, with slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>The block of a page's line.</summary>
    public static CodeBlock Find(string path, int line) => All.Single(page => page.Path == path).Blocks.Single(block => block.Line == line);

    /// <summary>The files and folders that the page links to, as paths from the root.</summary>
    public IEnumerable<string> Links => Anchored.Select(link => link.Target);

    /// <summary>The same with what stands behind the #, which is empty where a link has none; one within the page leads to the page.</summary>
    public IEnumerable<(string Target, string Anchor)> Anchored => Targets().Matches(Fences().Replace(Text, "")).Select(link => (
        link.Groups[1].Length == 0
            ? Path
            : System.IO.Path.GetRelativePath(Repository.Root, System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Root, System.IO.Path.GetDirectoryName(Path)!, link.Groups[1].Value))).Replace('\\', '/'),
        link.Groups[2].Value));

    /// <summary>What links may name behind a #: the headings as GitHub writes them, in small letters, with hyphens and without other marks.</summary>
    public IEnumerable<string> Anchors => Titles().Matches(Fences().Replace(Text, ""))
        .Select(title => Marks().Replace(title.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>The rows of each table, the head among them.</summary>
    public IEnumerable<string[]> Tables => Rows().Matches(Fences().Replace(Text, "")).Select(table => table.Value.TrimEnd('\n').Split('\n'));

    /// <summary>How many cells a row has: each ends with a bar that is not escaped.</summary>
    public static int Cells(string row) => Bars().Count(row) - 1;

    private static IEnumerable<Page> Written(string folder) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)
            .Where(file => !Built().IsMatch(file)).Order(StringComparer.Ordinal).Select(Of);

    private static Page Of(string path) =>
        new(System.IO.Path.GetRelativePath(Repository.Root, System.IO.Path.Combine(Repository.Root, path)).Replace('\\', '/'));

    [GeneratedRegex("^## .*$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex("(?:^<!-- Not run: ([^>]+?) -->\n\n?)?^```([a-z][a-z ]*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"\]\((?!http)([^)#]*)#?([^)]*)\)")]
    private static partial Regex Targets();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Titles();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"(?:^\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bars();

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex Built();
}

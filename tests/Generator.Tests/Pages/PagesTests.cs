using System.Xml.Linq;

namespace ModelGen.Tests.Pages;

/// <summary>What the docs show is true: every block of code of every page is compiled, parsed or run, or says why not.</summary>
public sealed class PagesTests
{
    /// <summary>Blocks that are no code: what a program prints, and drawings.</summary>
    private const string Prose = "text";

    public static TheoryData<string, int> Code { get; } = Blocks("csharp", "csharp program", "csharp generated", "jsonc");

    [Theory, MemberData(nameof(Code))]
    public void Their_code_compiles(string page, int line) => CompiledBlock.AssertCompiles(Page.Find(page, line));

    [Fact]
    public void Their_project_files_have_the_versions_of_this_repository()
    {
        var central = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);
        central["ModelGen"] = XDocument.Load(Path.Combine(Repository.Root, "src/Directory.Build.props")).Descendants("Version").Single().Value;
        var references = Page.All.SelectMany(page => page.Blocks).Where(block => block.Language == "xml")
            .SelectMany(block => XDocument.Parse(block.Text).Descendants("PackageReference")).ToList();

        Assert.InRange(references.Count, 6, 100);
        Assert.All(references, reference => Assert.Equal(central[reference.Attribute("Include")!.Value], reference.Attribute("Version")!.Value));
    }

    [Fact]
    public void No_block_is_without_a_test_or_a_reason()
    {
        // What these tests, those of the commands and PythonPageTests look at.
        string[] tested = ["csharp", "csharp program", "csharp generated", "jsonc", "xml", "sh", "python", Prose];

        Assert.All(Page.Docs.SelectMany(page => page.Blocks), block => Assert.True(
            tested.Contains(block.Language) || block.Excuse is not null, $"{block.Page.Path}({block.Line}): nothing tests {block.Language}; say why, <!-- Not run: … -->"));
    }

    [Fact]
    public void Every_fence_is_a_block() =>
        Assert.All(Page.All, page => Assert.Equal(page.Text.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)), 2 * page.Blocks.Count));

    [Fact]
    public void Their_links_lead_somewhere() => Assert.Equal([], Page.Everywhere
        .SelectMany(page => page.Links.Where(link => !Path.Exists(Path.Combine(Repository.Root, link))).Select(link => $"{page.Path}: there is no {link}")));

    [Fact]
    public void Links_to_headings_lead_to_headings()
    {
        var links = Page.Everywhere.SelectMany(page => page.Anchored.Where(link => link.Anchor.Length > 0).Select(link => (page.Path, link.Target, link.Anchor))).ToList();
        var anchors = Page.Everywhere.ToDictionary(page => page.Path, page => page.Anchors.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

        Assert.InRange(links.Count, 10, 1000);
        Assert.Equal([], links.Where(link => !anchors[link.Target].Contains(link.Anchor)).Select(link => $"{link.Path}: {link.Target} has no #{link.Anchor}"));
    }

    [Fact]
    public void Their_tables_have_a_cell_for_each_column() => Assert.Equal([], Page.Everywhere.SelectMany(page => page.Tables
        .SelectMany(table => table.Where(row => Page.Cells(row) != Page.Cells(table[0])).Select(row => $"{page.Path}: {row}"))));

    [Fact]
    public void The_first_page_lists_them_all()
    {
        var list = Page.Docs.Single(page => page.Path == "docs/README.md");

        Assert.Equal(Page.Docs.Select(page => page.Path).Except([list.Path]).Order(StringComparer.Ordinal), list.Links.Where(link => Path.GetDirectoryName(link) == "docs").Order(StringComparer.Ordinal));
    }

    private static TheoryData<string, int> Blocks(params string[] languages)
    {
        var data = new TheoryData<string, int>();
        foreach (var block in Page.Docs.SelectMany(page => page.Blocks).Where(block => languages.Contains(block.Language) && block.Excuse is null))
            data.Add(block.Page.Path, block.Line);
        return data;
    }
}

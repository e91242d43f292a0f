using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelGen.Tests.Diagnostics;

/// <summary>
/// A page of docs/diagnostics. Under "Wrong" stand specs, each followed by what the build says of it; under "Right" the same, mended. The
/// tests compile them all, so the pages are the golden files of the messages.
/// </summary>
internal sealed partial class DiagnosticPage
{
    private readonly string _path;
    private readonly string _text;

    public DiagnosticPage(string id)
    {
        _path = $"docs/diagnostics/{id}.md";
        _text = File.ReadAllText(Path.Combine(Repository.Root, _path));
    }

    public string Title => _text[.._text.IndexOf('\n', StringComparison.Ordinal)];

    public string Severity => _text.Split('\n')[2].Split('.')[0];

    /// <summary>The specs that are wrong, with the report that the page shows.</summary>
    public IReadOnlyList<((string Path, string Text)[] Files, string Report)> Wrong
    {
        get
        {
            var examples = new List<((string, string)[], string)>();
            var files = new List<(string, string)>();
            foreach (Match block in Blocks().Matches(Section("Wrong")))
            {
                if (block.Groups[1].Value != "text")
                {
                    files.Add(Spec(block));
                    continue;
                }

                examples.Add(([.. files], block.Groups[2].Value));
                files.Clear();
            }

            return examples;
        }
    }

    public IReadOnlyList<(string Path, string Text)> Right => [.. Blocks().Matches(Section("Right")).Select(Spec)];

    /// <summary>Fails when the page shows other reports, or rewrites them where asked to.</summary>
    public void AssertReports(IReadOnlyList<string> reports)
    {
        var section = Section("Wrong");
        var index = 0;
        var told = Blocks().Replace(section, block => block.Groups[1].Value == "text" ? $"```text\n{reports[index++]}\n```" : block.Value);
        Repository.AssertDerived(_path, _text.Replace(section, told, StringComparison.Ordinal));
    }

    private string Section(string heading)
    {
        var start = _text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"{_path} has no section {heading}");
        var end = _text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? _text[start..] : _text[start..end];
    }

    private static (string Path, string Text) Spec(Match block) => (
        block.Groups[1].Value == "csharp" ? "Net.cs" : "Net.model.json",
        Times().Replace(block.Groups[2].Value, line => string.Join('\n', Enumerable.Repeat(
            line.Groups[1].Value, int.Parse(line.Groups[2].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)))));

    // What is too long for a page: a line that stands there so many times.
    [GeneratedRegex("^(.*) // ([0-9,]+) times$", RegexOptions.Multiline)]
    private static partial Regex Times();

    [GeneratedRegex(@"^```(csharp|jsonc|text)\n(.*?)\n?```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using ModelGen.Diagnostics;
using ModelGen.Tests.Diagnostics;

namespace ModelGen.Tests;

/// <summary><c>modelgen check</c> says what the build says, at the same places.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Wrong = "{\n  \"input\": [3, 8, 8],\n  \"layers\": [{ \"linear\": 10 }]\n}\n";
    private const string Message = "Layer 'fc1' (linear) takes [N, F] or [N, L, F], but receives the input [N, 3, 8, 8]. Put flatten before it, which gives [N, 192].";

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Ids { get; } = [.. Rules.All.Select(rule => rule.Id)];

    // What stands in a class beside its spec is for the build to say, which has the generated parts.
    public static TheoryData<string> IdsOfSpecs { get; } = [.. Rules.All.Where(rule => rule != Rules.OwnMember).Select(rule => rule.Id)];

    [Theory, MemberData(nameof(IdsOfSpecs))]
    public void Says_of_each_pages_specs_what_the_page_says(string id)
    {
        File.WriteAllText(_folder["Demo.csproj"], "<Project />");
        foreach (var (files, report) in new DiagnosticPage(id).Wrong)
        {
            using var found = JsonDocument.Parse(Command.Run(["check", .. files.Select(Write), "--format", "json"]).Out);

            // A page leaves out what another one is about.
            var told = found.RootElement.EnumerateArray().Select(Line).Where(line => line.Contains($" {id}: ", StringComparison.Ordinal));
            Assert.Equal(report.Split('\n').Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Finds_nothing_in_what_is_right(string id)
    {
        File.WriteAllText(_folder["Demo.csproj"], "<Project />");
        var command = Command.Run(["check", .. new DiagnosticPage(id).Right.Select(Write)]);

        Assert.Equal((0, ""), (command.ExitCode, command.Error));
        Assert.EndsWith(": 0 errors, 0 warnings\n", command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Prints_as_a_build_does_and_an_error_is_exit_code_1()
    {
        var path = Write(("Net.model.json", Wrong));

        Assert.Equal(new Command(1, $"{path}(3,14): error MG2001: {Message}\n1 network: 1 error, 0 warnings\n", ""), Command.Run("check", path));
    }

    [Fact]
    public void Writes_a_log_in_SARIF()
    {
        var command = Command.Run("check", Write(("Net.model.json", Wrong)), "--format", "sarif");
        using var log = JsonDocument.Parse(command.Out);
        var run = log.RootElement.GetProperty("runs")[0];
        var result = run.GetProperty("results")[0];
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");

        Assert.Equal(1, command.ExitCode);
        Assert.Equal(("https://json.schemastore.org/sarif-2.1.0.json", "2.1.0"), (Text(log.RootElement, "$schema"), Text(log.RootElement, "version")));
        Assert.Equal("MG2001", run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[0].GetProperty("id").GetString());
        Assert.Equal(("MG2001", "error", Message), (Text(result, "ruleId"), Text(result, "level"), result.GetProperty("message").GetProperty("text").GetString()));
        Assert.Equal(new Uri(_folder["Net.model.json"]).AbsoluteUri, place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(
            [3, 14, 3, 30],
            ((string[])["startLine", "startColumn", "endLine", "endColumn"]).Select(name => place.GetProperty("region").GetProperty(name).GetInt32()));
    }

    [Fact]
    public void A_warning_that_a_pragma_silences_is_not_said()
    {
        const string Net = "using ModelGen;\n{0}\n[Model, Input(8)]\n[Linear(4), Linear(2)]\npublic partial class Net;\n";
        var (loud, silent) = (Command.Run("check", Write(("Loud.cs", Net.Replace("{0}", "", StringComparison.Ordinal))), "--format", "json"),
            Command.Run("check", Write(("Silent.cs", Net.Replace("{0}", "#pragma warning disable MG3008, MG3007, MG3006, MG3005, MG3004", StringComparison.Ordinal))), "--format", "json"));

        Assert.NotEqual("[]\n", loud.Out);
        Assert.Equal("[]\n", silent.Out);
    }

    [Fact]
    public void What_the_compiler_refuses_in_the_attributes_is_an_error_too()
    {
        var command = Command.Run("check", Write(("Net.cs", "using ModelGen;\n\n[Model, Input(8)]\n[Linaer(4)]\npublic partial class Net : Elsewhere.Known { }\n")));

        Assert.Equal(1, command.ExitCode);
        Assert.Contains("Net.cs(4,2): error CS0246: ", command.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Elsewhere", command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_and_modules_may_stand_in_other_files()
    {
        var net = Write(("Net.cs", "using ModelGen;\n\n[Model, Input(8)]\n[Use<Cell>]\npublic partial class Net;\n"));
        var cell = Write(("Cell.cs", "using ModelGen;\n\n[Block]\n[Linear(4), ReLU]\ninternal sealed class Cell;\n"));

        Assert.Equal("1 network: 0 errors, 0 warnings\n", Command.Succeed("check", net, cell));
        Assert.Equal(1, Command.Run("check", net).ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    private string Write((string Path, string Text) file) => _folder.Write(file.Path, Encoding.UTF8.GetBytes(file.Text));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string Line(JsonElement found)
    {
        var span = string.Join(',', ((string[])["line", "column", "end_line", "end_column"]).Select(name => found.GetProperty(name).GetInt32().ToString(CultureInfo.InvariantCulture)));
        return $"{Path.GetFileName(Text(found, "file"))}({span}): {Text(found, "severity")} {Text(found, "id")}: {Text(found, "message")}";
    }
}

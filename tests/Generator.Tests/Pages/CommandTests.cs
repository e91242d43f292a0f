using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ModelGen.Tests.Pages;

/// <summary>What the pages tell to type exists: verbs, options, templates, projects, properties and variables.</summary>
public sealed partial class CommandTests
{
    /// <summary>Options of dotnet's own that the pages use.</summary>
    private static readonly string[] OfDotnet = ["-c", "-o", "-g", "-n", "--project", "--no-build", "--no-restore", "--filter", "--source", "--name"];

    /// <summary>Programs that are not ours, and whose words nothing here can check.</summary>
    private static readonly string[] Foreign = ["cd", "tar"];

    private static readonly Lazy<string> Sources = new(() => string.Concat(
        new[] { "*.cs", "*.targets" }.SelectMany(pattern => new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText)));

    private static readonly Lazy<Dictionary<string, string>> Versions = new(() => XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
        .Descendants("PackageVersion").ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value));

    [Fact]
    public void What_the_pages_tell_to_type_exists()
    {
        // With all the verbs that a program can have.
        var (path, spec) = SeedSpecs.Json;
        using var program = new EmittedProgram("return Demo.ConvNet.Run(args);", (path, spec.Replace("\"input\":", "\"compile\": { \"onnx\": true }, \"input\":", StringComparison.Ordinal)));
        var helps = new Dictionary<string, string> { [""] = program.Run("--help").Out };
        var commands = Page.All.SelectMany(page => page.Blocks.Where(block => block.Language == "sh" && block.Excuse is null)
            .SelectMany(block => ShellCommand.In(block).Select(command => ($"{page.Path}({block.Line}): {string.Join(' ', command.Words)}", command)))).ToList();

        Assert.InRange(commands.Count, 20, 200);
        Assert.Equal([], commands.SelectMany(one => Faults(one.command, Options).Select(fault => $"{one.Item1}: {fault}")));

        string Options(string verb)
        {
            if (!helps.TryGetValue(verb, out var help))
                helps[verb] = help = program.Run(verb, "--help").Out;
            return help;
        }
    }

    private static IEnumerable<string> Faults(ShellCommand command, Func<string, string> help) => [
        .. command.Variables.Where(name => name.StartsWith("MODELGEN_", StringComparison.Ordinal) && !Sources.Value.Contains(name, StringComparison.Ordinal)).Select(name => $"nothing reads {name}"),
        .. (command.Words switch
        {
            ["dotnet", "new", "install" or "uninstall", ..] => [],
            ["dotnet", "new", var template, ..] => Template(template, command),
            ["dotnet", "add", "package", ..] => Package([.. command.Words.Skip(3)]),
            ["dotnet", "nuget", "add" or "list", "source", ..] or ["dotnet", "tool", "install" or "uninstall", ..] => [],
            ["dotnet", "pack" or "build" or "test" or "run" or "restore", ..] => Dotnet(command).Concat(command.Words[1] == "run" ? Run(command.Arguments, help) : []),
            ["modelgen", var verb, ..] => Tool(verb, command),
            [".ci/run"] => [],
            // What eng/publish-portable.cs packs.
            ["mnist-linux-x64/Mnist", ..] => Run([.. command.Words.Skip(1)], help),
            [var name, ..] when Foreign.Contains(name) => [],
            _ => ["no test knows this command; say why it is not run"],
        }),
    ];

    private static IEnumerable<string> Template(string name, ShellCommand command)
    {
        var content = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src/Templates/content"));
        var folder = content.SingleOrDefault(folder => Json(folder, "template.json").RootElement.GetProperty("shortName").GetString() == name);
        if (folder is null)
            return [$"there is no template {name}"];
        var symbols = File.Exists(Path.Combine(folder, ".template.config/dotnetcli.host.json")) ? Json(folder, "dotnetcli.host.json").RootElement.GetProperty("symbolInfo").ToString() : "";
        return command.After(3).Where(IsOption).Except(OfDotnet).Where(option => !symbols.Contains($"\"{option.TrimStart('-')}\"", StringComparison.Ordinal)).Select(option => $"{name} has no {option}");
    }

    // Ours is the newest that there is; a libtorch has to be of the version that TorchSharp was built for.
    private static IEnumerable<string> Package(string[] words) => words switch
    {
        ["ModelGen"] => [],
        [var name, "--version", var number] when Versions.Value.GetValueOrDefault(name) == number => [],
        _ => [$"this repository does not use {string.Join(' ', words)}"],
    };

    private static IEnumerable<string> Dotnet(ShellCommand command)
    {
        foreach (var word in command.After(2))
        {
            if (word.StartsWith("-p:", StringComparison.Ordinal))
            {
                if (!Sources.Value.Contains($"$({word[3..].Split('=')[0]})", StringComparison.Ordinal))
                    yield return $"no build reads {word}";
            }
            else if (IsOption(word) ? !OfDotnet.Contains(word) : IsProject().IsMatch(word) && !Path.Exists(Path.Combine(Repository.Root, word)))
            {
                yield return $"there is no {word}";
            }
        }
    }

    // The program's own help says which verbs and options it has.
    private static IEnumerable<string> Run(IReadOnlyList<string> arguments, Func<string, string> help)
    {
        var verb = arguments is [var first, ..] && !IsOption(first) ? first : "";
        if (verb.Length > 0 && !Regex.IsMatch(help(""), $"^  {verb}\\b", RegexOptions.Multiline))
            return [$"there is no verb {verb}"];
        return arguments.Where(IsOption).Where(option => !Regex.IsMatch(help(verb), $"{option}\\b")).Select(option => $"'{verb}' has no {option}");
    }

    private static IEnumerable<string> Tool(string verb, ShellCommand command)
    {
        var file = Path.Combine(Repository.Root, $"src/Tool/Verbs/{char.ToUpperInvariant(verb[0])}{verb[1..]}Verb.cs");
        return File.Exists(file)
            ? command.After(2).Where(IsOption).Where(option => !File.ReadAllText(file).Contains($"\"{option}\"", StringComparison.Ordinal)).Select(option => $"{verb} has no {option}")
            : [$"modelgen has no verb {verb}"];
    }

    private static bool IsOption(string word) => word.StartsWith('-');

    private static JsonDocument Json(string folder, string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, ".template.config", file)));

    [GeneratedRegex("^(src|tests|samples|benchmarks|eng)/")]
    private static partial Regex IsProject();
}

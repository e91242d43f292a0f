using System.Globalization;
using System.Text.RegularExpressions;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Tests.Zoo;

/// <summary>A network of samples/Zoo: its spec, what the checker says of it, and torchvision's keys where torchvision has it.</summary>
internal sealed partial class ZooNetwork
{
    private ZooNetwork(string path)
    {
        Name = Path.GetFileName(path)[..^JsonSpecReader.FileEnding.Length];
        Spec = File.ReadAllText(path);
        Graph = ModelChecker.Check(JsonSpecReader.Read(path, Spec, "Demo").Spec!).Graph!;
        var paper = PaperComment().Match(Spec);
        (Paper, Year) = ($"{paper.Groups[1].Value}, *{paper.Groups[3].Value}*", int.Parse(paper.Groups[2].Value, CultureInfo.InvariantCulture));
        KeysFile = Path.Combine(Repository.Root, $"tests/Generator.Tests/Zoo/Keys/{Name}.txt");
    }

    public static IReadOnlyList<ZooNetwork> All { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "samples/Zoo"), "*" + JsonSpecReader.FileEnding).Select(path => new ZooNetwork(path))
            .OrderBy(network => network.Year).ThenBy(network => network.Graph.Parameters),
    ];

    public string Name { get; }

    public string Spec { get; }

    public ModelGraph Graph { get; }

    /// <summary>Who, when and what: from the comment in the spec.</summary>
    public string Paper { get; }

    public int Year { get; }

    /// <summary>Written by keys.py.</summary>
    public string KeysFile { get; }

    public bool IsTorchvisions => File.Exists(KeysFile);

    public static ZooNetwork Of(string name) => All.Single(network => network.Name == name);

    [GeneratedRegex("// (.+? ([0-9]{4})), \"(.+?)\"")]
    private static partial Regex PaperComment();
}

namespace ModelGen.Tests.Specs;

/// <summary>A part of a network's class that the user wrote beside a spec in JSON: what clashes with the generated parts is said where the user wrote it.</summary>
public sealed class OwnPartsTests
{
    private static readonly (string Path, string Text) Json = ("Net.model.json", """{ "input": [4], "layers": [{ "linear": 3 }], "training": { "loss": "cross_entropy", "optimizer": "sgd" }, "data": { "csv": { "label": "species" } } }""");

    [Theory]
    // A method with other parameters, a part of a class inside, a constructor behind the generated one, names in another case.
    [InlineData("public partial class Net : System.ICloneable { public object Clone() => new Net(); }")]
    [InlineData("public partial class Net { public int Run(int times) => times; }")]
    [InlineData("public partial class Net { public partial class Trainer { public int Own => 1; } }")]
    [InlineData("public partial class Net { public Net(int seed) : this() => Seed = seed; public int Seed { get; } public int fc1; }")]
    public void What_goes_together_is_left_alone(string part) => Assert.Equal([], Compile(part).Report());

    [Theory]
    [InlineData("public class Net;", "MG1009: ModelGen can't write the other parts of 'Net', because it is not partial")]
    [InlineData("public static partial class Net;", "MG1009: ModelGen can't write the other parts of 'Net', because it is static")]
    [InlineData("public partial class Net { public Net() { } }", "MG1014: The class 'Net' declares a parameterless constructor")]
    [InlineData("public partial class Net { public string Fc1 => \"\"; }", "MG1024: The class 'Net' declares 'Fc1', but ModelGen writes a member of that name")]
    [InlineData("public partial class Net { public const string Summary = \"\"; }", "MG1024: The class 'Net' declares 'Summary'")]
    [InlineData("public partial class Net { public void Fc1() { } public void Fc1(int a) { } }", "MG1024: The class 'Net' declares 'Fc1'", "MG1024: The class 'Net' declares 'Fc1'")]
    [InlineData("public partial class Net { public static int Run(string[] args) => 1; }", "MG1024: The class 'Net' declares 'Run'")]
    public void What_does_not_is_said_at_its_place(string part, params string[] said)
    {
        var report = Compile(part).Report();

        Assert.Equal(said.Length, report.Count);
        Assert.All(said.Zip(report), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.All(report, line => Assert.StartsWith("Own.cs(", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Beside_attributes_the_same_is_said() => Assert.Contains(
        "MG1024: The class 'Net' declares 'Fc1'",
        Assert.Single(Compiled.Leniently(("Net.cs", "using ModelGen;\n[Model, Input(4), Linear(3)]\npublic partial class Net\n{\n    public int Fc1 => 1;\n}\n")).Report()),
        StringComparison.Ordinal);

    [Fact]
    public void A_constructor_that_another_generator_writes_is_in_the_way_too() => Assert.Contains(
        "MG1014: The class 'Net' declares a parameterless constructor",
        Assert.Single(Compiled.Leniently(
            ("Net.cs", "using ModelGen;\n[Model, Input(4), Linear(3)]\npublic partial class Net;\n"),
            ("Other.g.cs", "public partial class Net\n{\n    public Net() { }\n}\n")).Report()),
        StringComparison.Ordinal);

    // What the network's class is inside of, has generated parts too.
    [Fact]
    public void A_class_around_a_network_is_no_network() => Assert.Equal([], Compiled.Leniently(
        ("Net.cs", "using ModelGen;\npublic static partial class Models\n{\n    public static string Summary => \"\";\n    [Model, Input(4), Linear(3)]\n    public partial class Net;\n}\n")).Report());

    private static Compiled Compile(string part) => Compiled.Leniently(Json, ("Own.cs", $"namespace Demo;\n{part}\n"));
}

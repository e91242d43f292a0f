using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Collections;

namespace ModelGen.Tests.Pipeline;

/// <summary>
/// What the pipeline keeps from one edit to the next holds on to no compilation: an editor would keep every version of the program, and
/// steps would compare what never compares equal.
/// </summary>
public sealed class KeptValuesTests
{
    private static readonly string[] OurSteps =
        [.. typeof(TrackingNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    // Between these and the outputs every step is ours; before them are the compiler's, whose values are the compilation's parts.
    private static readonly string[] Readings = [TrackingNames.JsonReadings, TrackingNames.AttributeReadings];

    private static readonly IReadOnlyDictionary<string, object> Pinned = PartsOfACompilation();

    private static readonly IReadOnlyDictionary<string, Func<object, object>> Containers = new Dictionary<string, Func<object, object>>
    {
        ["list"] = pinned => new List<object> { "", pinned },
        ["dictionary"] = pinned => new Dictionary<string, object> { ["key"] = pinned },
        ["key of a dictionary"] = pinned => new Dictionary<object, string> { [pinned] = "value" },
        ["array"] = pinned => new object[] { 1, new[] { pinned } },
        ["immutable array"] = pinned => ImmutableArray.Create(pinned),
        ["boxed struct"] = pinned => (1, (2, pinned)),
        ["nested record"] = pinned => new Outer(1, new Inner(pinned)),
        ["sequence not yet run"] = Later,
        ["closure not yet called"] = pinned => new Lazy<object>(() => pinned),
    };

    public static IEnumerable<object[]> Hidden => Pinned.Keys.SelectMany(_ => Containers.Keys, (what, container) => new object[] { what, container });

    [Fact]
    public void No_step_of_ours_keeps_a_part_of_a_compilation()
    {
        var run = Compiled.Driver(EditTable.Files).RunGenerators(Compiled.Project(EditTable.Files)).GetRunResult().Results.Single();
        var outputs = run.TrackedOutputSteps.Values.SelectMany(steps => steps);
        var ours = OurSteps.SelectMany(name => run.TrackedSteps[name]).Concat(outputs.SelectMany(Behind)).Distinct().ToArray();

        Assert.All(OurSteps, name => Assert.Contains(ours, step => step.Name == name));
        Assert.Contains(ours, step => step.Name is null);
        foreach (var step in ours)
            Assert.DoesNotContain(step.Outputs.SelectMany(output => ObjectGraph.Reachable(output.Value)), ObjectGraph.PinsTheCompilation);
    }

    [Fact]
    public void No_diagnostic_of_the_generator_keeps_a_tree()
    {
        var broken = EditTable.Files.Select(file => (file.Path, file.Text.Replace("relu", "rellu", StringComparison.Ordinal)))
            .Append(("Again.model.json", """{ "name": "ConvNet" }"""));
        var diagnostics = Compiled.Driver(broken).RunGenerators(Compiled.Project(broken)).GetRunResult().Diagnostics;

        Assert.Contains(diagnostics, diagnostic => diagnostic.Id == "MG1002");
        Assert.Contains(diagnostics, diagnostic => diagnostic.Id == "MG1011" && diagnostic.Location.GetLineSpan().Path == "ConvNet.cs");
        Assert.All(diagnostics, diagnostic => Assert.Null(diagnostic.Location.SourceTree));
    }

    [Theory, MemberData(nameof(Hidden))]
    public void The_guard_finds(string what, string container) =>
        Assert.Contains(ObjectGraph.Reachable(new { Deep = Containers[container](Pinned[what]) }), ObjectGraph.PinsTheCompilation);

    [Fact]
    public void The_guard_lets_pass_what_is_plain() =>
        Assert.DoesNotContain(ObjectGraph.Reachable(new Outer(1, new Inner(EquatableArray<string>.Of(["a"])))), ObjectGraph.PinsTheCompilation);

    private static IEnumerable<IncrementalGeneratorRunStep> Behind(IncrementalGeneratorRunStep output) =>
        output.Inputs.Select(input => input.Source).SelectMany(step => Readings.Contains(step.Name) ? [step] : Behind(step).Prepend(step));

    private static IEnumerable<object> Later(object pinned)
    {
        yield return pinned;
    }

    private static Dictionary<string, object> PartsOfACompilation()
    {
        var compilation = Compiled.Project([("Net.cs", "[System.Obsolete] class Net { int x = 1; }")]);
        var tree = compilation.SyntaxTrees.Single();
        var type = compilation.GetTypeByMetadataName("Net")!;
        var model = compilation.GetSemanticModel(tree);
        var number = tree.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>().Single();
        return new Dictionary<string, object>
        {
            ["symbol"] = type,
            ["node"] = tree.GetRoot(),
            ["token"] = number.Token,
            ["tree"] = tree,
            ["place in a tree"] = type.Locations[0],
            ["place in a file"] = Location.Create("Net.cs", default, default),
            ["compilation"] = compilation,
            ["semantic model"] = model,
            ["operation"] = model.GetOperation(number)!,
            ["attribute"] = type.GetAttributes()[0],
            ["reference to syntax"] = type.DeclaringSyntaxReferences[0],
            ["additional text"] = new Compiled.SpecFile("x", ""),
            ["text"] = tree.GetText(),
            ["delegate"] = () => 1,
        };
    }

    private sealed record Outer(int Number, Inner Inner);

    private sealed record Inner(object Value);
}

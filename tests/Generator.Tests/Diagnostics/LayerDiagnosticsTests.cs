using System.Globalization;
using ModelGen.Collections;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Tests.Layers;

namespace ModelGen.Tests.Diagnostics;

/// <summary>
/// What is said of each layer that gets an input of another rank, or a value that its parameter does not take. The cases follow from the catalogue;
/// what a layer refuses for reasons of its own is tested with its family.
/// </summary>
public sealed class LayerDiagnosticsTests
{
    [Fact]
    public void Every_refusal_of_the_catalogue_says_what_the_golden_file_has()
    {
        var lines = LayerCatalogue.Layers.Where(kind => kind.HasAttribute).SelectMany(kind => OfInputs(kind).Concat(OfValues(kind)));

        Repository.AssertDerived(
            "tests/Generator.Tests/Snapshots/LayerDiagnostics.verified.txt",
            $"""
            # Derived from the catalogue by a test; run the tests with MODELGEN_UPDATE=1 after a change of it.
            # layer | what was written | what is said
            {string.Join("\n", lines)}

            """.Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    /// <summary>The example of the docs on inputs of every rank: those that it refuses.</summary>
    private static IEnumerable<string> OfInputs(LayerKind kind)
    {
        var example = Example(kind);
        for (var rank = 2; rank <= 6; rank++)
        {
            var input = new TensorShape(EquatableArray<long>.Of(Enumerable.Repeat(8L, rank - 1)), kind.ExampleInput.IsIndices);
            var said = Check(input, example);
            if (said.Count > 0)
                yield return $"{kind.Keyword} | {LayerInput.Json(input)} | {string.Join(" ", said)}";
        }
    }

    private static IEnumerable<string> OfValues(LayerKind kind) =>
        from parameter in kind.Parameters
        from value in Wrong(parameter)
        select $"{kind.Keyword} | {LayerJson.Of(SectionSpec.Of(kind.Keyword, new SettingSpec(parameter.Name, value)))} | {Say(kind, parameter, value)}";

    private static string Say(LayerKind kind, Parameter parameter, SpecValue value)
    {
        var said = Check(kind.ExampleInput, Example(kind).With(parameter.Name, value));
        Assert.True(said.Count == 1, $"{kind.Keyword}.{parameter.Name} = {value}: {said.Count} findings");
        return said[0];
    }

    /// <summary>One of the wrong type, and for a range or a choice those beyond it.</summary>
    private static IEnumerable<SpecValue> Wrong(Parameter parameter)
    {
        var isWhole = parameter.Type is not (ParameterType.Real or ParameterType.Reals);
        if (parameter is { Range: { HasMin: true } low, Type: not ParameterType.Texts })
            yield return Number(low.Min - (isWhole || !low.IsOpen ? 1 : 0));
        if (parameter is { Range: { HasMax: true } high, Type: not ParameterType.Texts })
            yield return Number(high.Max + (isWhole || !high.IsBelowMax ? 1 : 0));
        if (parameter.Type == ParameterType.Choice)
            yield return SpecValue.Of("nonsense");
        yield return parameter.Type == ParameterType.Flag ? SpecValue.Of(1) : SpecValue.Of(true);

        SpecValue Number(double value) => isWhole ? SpecValue.Of((long)value) : SpecValue.Of(value);
    }

    private static SectionSpec Example(LayerKind kind) => SectionSpec.Of(
        kind.Keyword, [.. kind.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => new SettingSpec(parameter.Name, parameter.Example))]);

    /// <summary>Errors alone, as the build shows them.</summary>
    private static List<string> Check(TensorShape input, SectionSpec layer)
    {
        var shape = new SettingSpec(ModelSpec.InputShape, ShapeRule.List([.. input.Sizes]));
        var type = new SettingSpec(ModelSpec.InputType, SpecValue.Of(input.IsIndices ? "int64" : "float32"));
        var spec = new ModelSpec(
            "Net.model.json", "", default, "Net", "public", EquatableArray<SectionSpec>.Of([SectionSpec.Of(ModelSpec.OnlyInput, shape, type)]),
            EquatableArray<SectionSpec>.Of([layer]), null, null, null, IsSound: true, IsWritable: true);
        return [.. ModelChecker.Check(spec).Findings.Where(finding => finding.Rule.Severity == ModelGen.Diagnostics.Severity.Error)
            .Select(finding => string.Create(CultureInfo.InvariantCulture, $"{finding.Rule.Id}: {finding.Message}"))];
    }
}

using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Graph.Checks;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Tests.Robustness;

namespace ModelGen.Tests.Specs;

/// <summary>A setting that is tried on the graph gives what reading the whole spec with it gives.</summary>
public sealed class SettingTrialTests
{
    [Fact]
    public void Every_flag_that_leaves_the_shapes_finds_on_the_graph_what_the_spec_with_it_finds()
    {
        var tried = 0;
        foreach (var text in SoundSpecs.Json)
        {
            var reading = JsonSpecReader.Read("Net.model.json", text, "Demo");
            var (spec, written) = (reading.Spec!, reading.Map.Entries.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal));
            var model = ModelChecker.CheckUntried(spec);
            // A projection is a word for layers that stand in no list.
            foreach (var edit in Flips(model.Graph!).Distinct().Where(edit => written.Contains(edit.Layer.Path)))
                tried += Agrees(spec, model, edit) ? 1 : 0;
        }

        Assert.InRange(tried, 50, int.MaxValue);
    }

    [Fact]
    public void A_setting_that_changes_a_shape_or_the_end_is_not_tried_on_the_graph()
    {
        const string Text = """{ "input": [1, 9, 9], "layers": [{ "max_pool2d": 2 }, "flatten", { "linear": 4 }] }""";
        var graph = ModelChecker.CheckUntried(JsonSpecReader.Read("Net.model.json", Text, "Demo").Spec!).Graph!;
        Assert.Null(Run(graph, new SetLayerSetting(LayerPlace.OfNetwork(0), "ceil_mode", SpecValue.Of(true))));
        Assert.Null(Run(graph, new SetLayerSetting(LayerPlace.OfNetwork(2), "bias", SpecValue.Of(false))));
        Assert.Null(Run(graph, new SetLayerSetting(LayerPlace.OfNetwork(1), "name", SpecValue.Of("flat"))));
    }

    [Theory]
    [InlineData("""{ "input": [3, 8, 8], "layers": [{ "residual": [{ "conv2d": 4, "kernel_size": 1 }], "shortcut": "projection" }] }""")]
    [InlineData("""{ "input": [3, 8, 8], "blocks": { "Cell": { "layers": [{ "residual": [{ "conv2d": 4, "kernel_size": 1 }], "shortcut": "projection" }] } }, "layers": ["Cell"] }""")]
    public void A_layer_that_a_word_of_the_spec_stands_for_has_no_setting_to_change(string text)
    {
        var spec = JsonSpecReader.Read("Net.model.json", text, "Demo").Spec!;
        var projected = ModelChecker.CheckUntried(spec).Graph!.Layers.Single(layer => layer.Node.Place.List.EndsWith(".shortcut", StringComparison.Ordinal) && layer.Node.Kind.Keyword == "conv2d");

        Assert.Equal(spec, new SetLayerSetting(projected.Node.Place, "bias", SpecValue.Of(true)).Apply(spec));
    }

    /// <summary>Each flag of each layer as it is not.</summary>
    private static IEnumerable<SetLayerSetting> Flips(ModelGraph graph) =>
        from layer in graph.Layers
        from flag in layer.Node.Kind.Parameters.OfType<Parameter<bool>>()
        select new SetLayerSetting(layer.Node.Place, flag.Name, SpecValue.Of(!layer.Node.Settings.Get(flag)));

    private static bool Agrees(ModelSpec spec, CheckedModel model, SetLayerSetting edit)
    {
        if (Run(model.Graph!, edit) is not { } onGraph)
            return false;
        var ofReading = model.Findings.Select(Key).Except(NetworkChecks.Run(model.Graph!, null).Select(Key));
        Assert.Equal(
            ofReading.Concat(onGraph.Select(Key)).Distinct().Order(StringComparer.Ordinal),
            ModelChecker.CheckUntried(edit.Apply(spec)).Findings.Select(Key).Order(StringComparer.Ordinal));
        return true;
    }

    private static IEnumerable<Finding>? Run(ModelGraph graph, SetLayerSetting edit) =>
        SettingTrial.Run(graph, null, [Finding.Of(Rules.RedundantBias, edit.Layer.Path).WithFixes([Fix.Of("set it", edit)])]);

    private static string Key(Finding finding) => $"{finding.Rule.Id} {finding.Path}";
}

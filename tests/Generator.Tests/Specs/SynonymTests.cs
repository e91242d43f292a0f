using ModelGen.Diagnostics;
using ModelGen.Layers;

namespace ModelGen.Tests.Specs;

/// <summary>Whoever calls a layer as other frameworks or papers do is told what it is called here.</summary>
public sealed class SynonymTests
{
    [Theory]
    [InlineData("dense", "linear")]
    [InlineData("Dense", "linear")]
    [InlineData("fully-connected", "linear")]
    [InlineData("fc", "linear")]
    [InlineData("swish", "silu")]
    [InlineData("cat", "concat")]
    [InlineData("view", "reshape")]
    [InlineData("lrelu", "leaky_relu")]
    [InlineData("drop", "dropout")]
    [InlineData("spatial_dropout2d", "dropout2d")]
    [InlineData("conv", "conv2d")]
    [InlineData("Conv3D", "conv3d")]
    [InlineData("Conv2DTranspose", "conv_transpose2d")]
    [InlineData("BatchNormalization", "batch_norm2d")]
    [InlineData("bn", "batch_norm2d")]
    [InlineData("bn1d", "batch_norm1d")]
    [InlineData("AveragePooling2D", "avg_pool2d")]
    [InlineData("GlobalAveragePooling2D", "global_avg_pool")]
    [InlineData("mha", "multi_head_attention")]
    [InlineData("skip", "residual")]
    public void A_word_of_the_field_is_told_its_name_here(string written, string called) => DiagnosticTests.AssertOne(
        "Net.model.json",
        $"{{ \"input\": [3, 8, 8], \"layers\": [{{ \"name\": \"head\", ⟦\"{written}\"⟧: 16 }}] }}",
        $"MG1002: There is no layer '{written}': it is called '{called}' here.");

    [Fact]
    public void A_block_of_nearly_that_name_is_meant_rather_than_a_layer() => DiagnosticTests.AssertOne(
        "Net.model.json",
        """{ "input": [4], "blocks": { "Attention": { "layers": [{ "linear": 4 }] } }, "layers": ["Attention", ⟦"attention"⟧] }""",
        "MG1002: There is no layer 'attention'; did you mean 'Attention'?");

    [Fact]
    public void Of_a_block_and_a_layer_as_near_to_it_the_block_is_meant() => DiagnosticTests.AssertOne(
        "Net.model.json",
        """{ "input": [4], "blocks": { "Cell": { "layers": [{ "linear": 4 }] } }, "layers": ["Cell", ⟦"Cel"⟧] }""",
        "MG1002: There is no layer 'Cel'; did you mean 'Cell'?");

    [Theory]
    [InlineData("\"training\": { \"loss\": \"cross_entropy\", \"optimizer\": \"adam\", ⟦\"lr\"⟧: 0.1 }, \"layers\": [\"flatten\", { \"linear\": 2 }]", "training has no property 'lr': it is called 'learning_rate' here.")]
    [InlineData("\"training\": { \"loss\": \"cross_entropy\", \"optimizer\": \"adam\", ⟦\"num_epochs\"⟧: 3 }, \"layers\": [\"flatten\", { \"linear\": 2 }]", "training has no property 'num_epochs': it is called 'epochs' here.")]
    [InlineData("\"training\": { \"loss\": \"cross_entropy\", \"optimizer\": \"adam\" }, \"layers\": [\"flatten\", { \"linear\": {}, ⟦\"units\"⟧: 2 }]", "linear has no property 'units': it is called 'out_features' here.")]
    [InlineData("\"training\": { \"loss\": \"cross_entropy\", \"optimizer\": \"adam\", ⟦\"seed\"⟧: 1 }, \"layers\": [\"flatten\", { \"linear\": 2 }]", "training has no property 'seed': a run has it, as --seed.")]
    [InlineData("\"training\": { \"loss\": \"cross_entropy\", \"optimizer\": \"adam\" }, \"layers\": [\"flatten\", { \"linear\": 2, ⟦\"activation\"⟧: \"relu\" }]", "linear has no property 'activation': an activation is a layer of its own, behind this one.")]
    [InlineData("\"training\": { \"loss\": \"cross_entropy\", \"optimizer\": \"adam\", ⟦\"numWorkers\"⟧: 1 }, \"layers\": [\"flatten\", { \"linear\": 2 }]", "training has no property 'numWorkers': a run has it, as --workers.")]
    public void A_setting_that_is_called_otherwise_elsewhere_is_told_its_name_here(string marked, string message) => DiagnosticTests.AssertOne(
        "Net.model.json", $"{{ \"input\": [3, 8, 8], {marked}, \"data\": {{ \"image_folder\": {{}} }} }}", "MG1003: " + message);

    [Theory]
    [InlineData("loss", "mae", "l1")]
    [InlineData("loss", "binary_crossentropy", "bce")]
    [InlineData("loss", "sparse_categorical_crossentropy", "cross_entropy")]
    [InlineData("schedule", "CosineAnnealingLR", "cosine")]
    [InlineData("precision", "bf16", "bfloat16")]
    public void A_choice_that_is_called_otherwise_elsewhere_is_told_its_name_here(string setting, string written, string meant)
    {
        var settings = new Dictionary<string, string> { ["loss"] = "cross_entropy", ["optimizer"] = "adam", [setting] = written };
        var training = string.Join(", ", settings.Select(one => $"\"{one.Key}\": \"{one.Value}\""));

        var said = Assert.Single(Compiled.Leniently(("Net.model.json", $"{{ \"input\": [3, 8, 8], \"layers\": [\"flatten\", {{ \"linear\": 2 }}], \"training\": {{ {training} }}, \"data\": {{ \"image_folder\": {{}} }} }}")).Report());
        Assert.EndsWith($"; did you mean '{meant}'?", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_word_of_the_table_is_a_layer_here_and_none_is_a_name_that_something_has()
    {
        var taken = LayerCatalogue.All.SelectMany(entry => entry.Settings.Select(setting => setting.Name).Append(entry.Keyword)).Select(Suggestion.Fold).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(Synonyms.Words);
        Assert.All(Synonyms.Words, word => Assert.NotNull(Synonyms.Find(word)));
        Assert.DoesNotContain(Synonyms.Words, taken.Contains);
    }
}

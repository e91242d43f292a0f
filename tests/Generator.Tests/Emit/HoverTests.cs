using Microsoft.CodeAnalysis;

namespace ModelGen.Tests.Emit;

/// <summary>What an editor shows of a generated class and its members, here of a network with two inputs, two outputs and a block. That no public member goes without is the compiler's to say.</summary>
public sealed class HoverTests
{
    private static readonly INamedTypeSymbol Net = Compiled.From(("Net.model.json", """
        {
          "inputs": { "image": [3, 8, 8], "features": [8] },
          "blocks": { "Cell": { "parameters": ["c"], "layers": [{ "conv2d": "c", "kernel_size": 3 }, "relu"] } },
          "layers": [
            { "Cell": 4 }, "flatten", { "linear": 8, "name": "seen" }, { "add": "features", "name": "both" }, { "linear": 2, "name": "scores" }
          ],
          "outputs": ["scores", "both"]
        }
        """)).AssertClean().Output.GetTypeByMetadataName("Demo.Net")!;

    [Fact]
    public void Of_the_class_all_shapes_and_the_count_of_its_parameters() =>
        Assert.Contains("A network from [N, 3, 8, 8] and [N, 8] to [N, 2] and [N, 8] with 1,290 parameters.", Shown(Net), StringComparison.Ordinal);

    [Theory]
    [InlineData("Cell1", "<c>cell1</c>: Cell; [N, 3, 8, 8] to [N, 4, 6, 6]; 112 parameters, 3,888 multiply-adds.")]
    [InlineData("Seen", "<c>seen</c>: linear, out_features 8; [N, 144] to [N, 8]; 1,160 parameters, 1,152 multiply-adds.")]
    [InlineData("InputShape", "The shape of one image, without the batch: [3, 8, 8].")]
    [InlineData("OutputShape", "The shape of the first output, without the batch: [2].")]
    public void Of_a_member_what_it_is_with_its_shapes_and_costs(string member, string summary) =>
        Assert.Contains(summary, Shown(Assert.Single(Net.GetMembers(member))), StringComparison.Ordinal);

    /// <summary>What all uses of a block have in common, and from where to where they go in what they have not.</summary>
    [Theory]
    [InlineData("Conv1", "<c>conv1</c>: conv2d; [N, inChannels, 8, 8] to [N, c, 8, 8]; 108 to 360 parameters, 6,912 to 23,040 multiply-adds.")]
    [InlineData("Conv2", "<c>conv2</c>: conv2d, out_channels 5, kernel_size 1; [N, c, 8, 8] to [N, 5, 8, 8]; 25 to 45 parameters, 1,280 to 2,560 multiply-adds.")]
    [InlineData("Relu1", "<c>relu1</c>: relu, in place: writes over what it takes; [N, 5, 8, 8] to [N, 5, 8, 8].")]
    public void Of_a_layer_in_a_block_what_is_so_in_all_of_its_uses(string member, string summary)
    {
        var cell = Compiled.From(("Net.model.json", """
            {
              "input": [3, 8, 8],
              "blocks": { "Cell": { "parameters": ["c"], "layers": [
                { "conv2d": "c", "kernel_size": 3, "padding": 1, "bias": false }, { "conv2d": 5, "kernel_size": 1 }, { "batch_norm2d": {} }, "relu"
              ] } },
              "layers": [{ "Cell": 4 }, { "Cell": 8 }, "flatten", { "linear": 2 }]
            }
            """)).AssertClean().Output.GetTypeByMetadataName("Demo.Net+Cell")!;

        Assert.Contains(summary, Shown(Assert.Single(cell.GetMembers(member))), StringComparison.Ordinal);
    }

    private static string Shown(ISymbol symbol) => symbol.GetDocumentationCommentXml() ?? "";
}

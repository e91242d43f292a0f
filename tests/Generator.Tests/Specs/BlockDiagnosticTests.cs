namespace ModelGen.Tests.Specs;

/// <summary>What is wrong with a block is said where it stands, and names the block; of a use only what is the use's own.</summary>
public sealed class BlockDiagnosticTests
{
    [Theory]
    [InlineData("""{ "input": [3, 8, 8], "blocks": { "Cell": { "layers": [{ "conv2d": 4, "kernel_size": ⟦0⟧ }] } }, "layers": ["Cell", "Cell"] }""", "MG1015: In the block 'Cell': 'kernel_size' of conv2d is 0, but takes a whole number of at least 1, or two of them as [height, width].")]
    [InlineData("""{ "input": [3, 8, 8], "blocks": { "Cell": { "layers": ["relu", ⟦{ "linear": 4 }⟧] } }, "layers": ["Cell"] }""", "MG2001: In the block 'Cell': Layer 'cell1.fc1' (linear) takes [N, F] or [N, L, F], but receives the input [N, 3, 8, 8] of 'cell1'. Put flatten before it, which gives [N, 192].")]
    [InlineData("""{ "input": [4], "blocks": { "Outer": { "layers": ["Inner"] }, "Inner": { "layers": [{ ⟦"dense"⟧: 4 }] } }, "layers": ["Outer"] }""", "MG1002: In the block 'Inner': There is no layer 'dense': it is called 'linear' here.")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["width", { "half": 2 }], "layers": [{ "linear": ⟦"in_features"⟧ }] } }, "layers": [{ "Cell": 4 }, { "Cell": 8 }] }""", "MG1021: In the block 'Cell': The expression 'in_features' has no value: the block has no parameter 'in_features'; there are 'width', 'half', 'in_channels'.")]
    // A default is the block's own, however often it is used.
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["width", { "half": ⟦"widh / 2"⟧ }], "layers": [{ "linear": "half" }] } }, "layers": [{ "Cell": 4 }, { "Cell": 8 }, { "Cell": 8, "half": 2 }] }""", "MG1021: The expression 'widh / 2' has no value: the block has no parameter 'widh'; did you mean 'width'?")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": [{ "width": ⟦null⟧ }], "layers": [{ "linear": "width" }] } }, "layers": ["Cell"] }""", "MG1004: 'width' of the block's parameters is null, but takes a number, true or false, a list of numbers, or an expression.")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["width"], "layers": [{ "linear": "width" }] } }, "layers": [{ "Cell": ⟦"4 / 0"⟧ }] }""", "MG1021: The expression '4 / 0' has no value: it divides by 0.")]
    // A value that an expression gave is told with what it was made of.
    [InlineData("""{ "input": [8], "blocks": { "Gate": { "parameters": ["ratio"], "layers": [{ "linear": ⟦"in_channels / ratio"⟧ }] } }, "layers": [{ "Gate": 16 }] }""", "MG1015: In the block 'Gate': 'out_features' of linear is 0 ('in_channels / ratio', where ratio is 16 and in_channels is 8), but takes a whole number of at least 1.")]
    [InlineData("""{ "input": [8], "blocks": { "Gate": { "parameters": ["ratio", "extra"], "layers": [{ "linear": ⟦"in_channels / ratio - extra"⟧ }] } }, "layers": [{ "Gate": {}, "ratio": 16, "extra": 2 }] }""", "MG1015: In the block 'Gate': 'out_features' of linear is -2 ('in_channels / ratio - extra', where ratio is 16, extra is 2 and in_channels is 8), but takes a whole number of at least 1.")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["width"], "layers": [{ "linear": ⟦"width"⟧ }] } }, "layers": [{ "Cell": 0 }] }""", "MG1015: In the block 'Cell': 'out_features' of linear is 0 ('width'), but takes a whole number of at least 1.")]
    [InlineData("""{ "input": [5], "blocks": { "Half": { "layers": [{ "linear": "in_channels * 2.0" }, "relu", { "linear": ⟦"in_channels * 0.5"⟧ }] } }, "layers": ["Half"] }""", "MG1004: In the block 'Half': 'out_features' of linear is 2.5 ('in_channels * 0.5', where in_channels is 5), but takes a whole number of at least 1.")]
    // What says something of a repeat.
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["width"], "layers": [{ "linear": "width" }] } }, "layers": [{ "Cell": 4, ⟦"first"⟧: { "width": 2 } }] }""", "MG1005: Cell lacks 'repeat': 'first' is about the first of several.")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": [{ "linear": 4 }] } }, "layers": [{ "Cell": {}, "name": "stage", ⟦"names"⟧: "cell{1}" }] }""", "MG1005: Cell lacks 'repeat': 'names' is about the blocks of a list.")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": [{ "linear": 4 }] } }, "layers": [{ "Cell": {}, "repeat": 2, ⟦"names"⟧: "cell{1}" }] }""", "MG1005: Cell lacks 'name': 'names' is about the blocks of a list, and those of a repeat are one where they have a name.")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["width"], "layers": [{ "linear": "width" }] } }, "layers": [{ "Cell": 4, "repeat": 2, "first": ⟦2⟧ }] }""", "MG1004: 'first' of Cell is 2, but takes an object with the settings that differ: { \"stride\": 2 }.")]
    // A residual whose ends differ.
    [InlineData("""{ "input": [16, 32, 32], "layers": [⟦{ "residual": [{ "conv2d": 32, "kernel_size": 3, "padding": 1, "stride": 2 }] }⟧] }""", "MG2010: Layer 'add1' (add) receives [N, 32, 16, 16] from 'conv1' and the input [N, 16, 32, 32], and dimension 1 is 32 in one and 16 in the other: each size must be equal, or 1. Write shortcut 'projection', which gives [N, 32, 16, 16].")]
    [InlineData("""{ "input": [16], "layers": [⟦{ "residual": [{ "linear": 32 }] }⟧] }""", "MG2010: Layer 'add1' (add) receives [N, 32] from 'fc1' and the input [N, 16], and dimension 1 is 32 in one and 16 in the other: each size must be equal, or 1.")]
    public void In_json(string marked, string message) => DiagnosticTests.AssertOne("Net.model.json", marked, message);

    [Theory]
    [InlineData("[Model, Input(3, 8, 8), Use<Cell>] public partial class Net; [Block, Conv2d(4, ⟦0⟧)] class Cell;", "MG1015: In the block 'Cell': 'kernel_size' of conv2d is 0, but takes a whole number of at least 1, or two of them as [height, width].")]
    [InlineData("[Model, Input(16, 32, 32), ⟦Residual<Cell>⟧] public partial class Net; [Block, Conv2d(32, 3, Padding = 1)] class Cell;", "MG2010: Layer 'add1' (add) receives [N, 32, 32, 32] from 'cell1' and the input [N, 16, 32, 32], and dimension 1 is 32 in one and 16 in the other: each size must be equal, or 1. Write shortcut 'projection', which gives [N, 32, 32, 32].")]
    public void In_attributes(string marked, string message) => DiagnosticTests.AssertOne("Net.cs", "using ModelGen;\n" + marked, message);

    // Of several uses only the first says them, and all of them.
    [Fact]
    public void Mistakes_at_one_place_are_said_once_each() => Assert.Equal(
        [
            "Net.model.json(1,56,1,64): error MG1005: In the block 'Cell': conv2d lacks 'out_channels': a whole number of at least 1.",
            "Net.model.json(1,56,1,64): error MG1005: In the block 'Cell': conv2d lacks 'kernel_size': a whole number of at least 1, or two of them as [height, width].",
        ],
        Compiled.From(("Net.model.json", """{ "input": [3, 8, 8], "blocks": { "Cell": { "layers": ["conv2d"] } }, "layers": ["Cell", "Cell"] }""")).Report());

    [Fact]
    public void A_block_in_a_file_of_its_own_is_marked_there_and_the_file_that_uses_it_is_named()
    {
        var report = Compiled.From(
            ("src/Net.cs", "using ModelGen;\n[Model, Input(3, 8, 8), Use<Cell>, Flatten, Linear(0)] public partial class Net;"),
            ("src/Cell.cs", "using ModelGen;\n[Block, ReLU, Use<Inner>] class Cell;"),
            ("src/Inner.cs", "using ModelGen;\n[Block]\n[Linear(4)] class Inner;")).Report();

        Assert.Equal(
            [
                "src/Net.cs(2,52,2,53): error MG1015: 'out_features' of linear is 0, but takes a whole number of at least 1.",
                "src/Inner.cs(3,2,3,11): error MG2001: In the block 'Inner', which Net.cs uses: Layer 'cell1.inner1.fc1' (linear) takes [N, F] or [N, L, F], but receives the input [N, 3, 8, 8] of 'cell1.inner1'. Put flatten before it, which gives [N, 192].",
            ],
            report);
    }
}

namespace ModelGen.Tests.Specs;

/// <summary>Each of several mistakes is said, in one build and at its own token; what only follows from one is not said beside it.</summary>
public sealed class SeveralMistakesTests
{
    [Theory]
    // A class that can't have its name still has layers.
    [InlineData("""{ "name": ⟦"my net"⟧, "input": [4], "layers": [{ ⟦"liner"⟧: 3 }] }""", "MG1007", "MG1002")]
    [InlineData("""{ "name": ⟦3⟧, "namespace": ⟦"a-b"⟧, "input": ⟦"x"⟧, "layers": ⟦{}⟧, "budget": ⟦[]⟧ }""", "MG1004", "MG1007", "MG1004", "MG1004", "MG1004")]
    // A size that is declared wrong changes nothing of what its layer gives.
    [InlineData("""{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3, "in_channels": ⟦4⟧ }, { "batch_norm2d": {}, "num_features": ⟦5⟧ }, ⟦"batch_norm1d"⟧] }""", "MG2003", "MG2003", "MG2001")]
    // One name of a list, or several.
    [InlineData("""{ "input": [4], "layers": ["relu", { "linear": 4 }, { "add": [⟦"inpt"⟧, "relu1", ⟦"relo1"⟧] }] }""", "MG1017", "MG1017")]
    [InlineData("""{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "freeze": [⟦"fc2.*"⟧, "fc1.bias", ⟦"conv*"⟧] }, "data": { "image_folder": {} } }""", "MG3015", "MG3015")]
    [InlineData("""{ "input": [3], "layers": [{ "linear": 2 }], "training": { "loss": "mse", "optimizer": "sgd" }, "data": { "csv": { "targets": ["p", "q"], "features": [⟦"p"⟧, "a", ⟦"q"⟧] } } }""", "MG4005", "MG4005")]
    // Two settings of the loss that the network's classes don't fit.
    [InlineData("""{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 3 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "top_k": ⟦5⟧, "class_weights": ⟦[1, 2]⟧ }, "data": { "image_folder": {} } }""", "MG1015", "MG1015")]
    public void Each_of_a_file_is_said(string marked, params string[] ids) => AssertAll("Net.model.json", marked, ids);

    [Theory]
    [InlineData("Input(3, 8, 8), Conv2d(4, 3, InChannels = ⟦4⟧), BatchNorm2d(NumFeatures = ⟦5⟧), ⟦BatchNorm1d⟧", "MG2003", "MG2003", "MG2001")]
    [InlineData("Input(4), ReLU, Linear(4), Add(⟦\"inpt\"⟧, \"relu1\", ⟦\"relo1\"⟧)", "MG1017", "MG1017")]
    [InlineData("Input(4), ReLU, Linear(4), Add([⟦\"inpt\"⟧, \"relu1\", ⟦\"relo1\"⟧])", "MG1017", "MG1017")]
    [InlineData("Input(1, 8, 8), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd, Freeze = [⟦\"fc2.*\"⟧, \"fc1.bias\", ⟦\"conv*\"⟧]), ImageFolder", "MG3015", "MG3015")]
    [InlineData("Input(3), Linear(2), Training(Loss.Mse, Optimizer.Sgd), Csv(Targets = [\"p\", \"q\"], Features = [⟦\"p\"⟧, \"a\", ⟦\"q\"⟧])", "MG4005", "MG4005")]
    [InlineData("Input(1, 8, 8), Flatten, Linear(3), Training(Loss.CrossEntropy, Optimizer.Sgd, TopK = ⟦5⟧, ClassWeights = ⟦[1, 2]⟧), ImageFolder", "MG1015", "MG1015")]
    public void Each_of_attributes_is_said(string marked, params string[] ids) =>
        AssertAll("Net.cs", $"using ModelGen;\n[Model, {marked}] public partial class Net;", ids);

    [Theory]
    // The block is used, by a layer that is wrong.
    [InlineData("""{ "input": [3, 8, 8], "blocks": { "Cell": { "layers": ["relu"] } }, "layers": [{ "residual": ["Cell"], "shortcut": ⟦"projecton"⟧ }] }""", "MG1016: 'shortcut' of residual is 'projecton', but takes a list of one or more layers, or 'identity', or 'projection', or 'same_shape'; did you mean 'projection'?")]
    [InlineData("""{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3, "padding": ⟦"sam"⟧ }] }""", "MG1016: 'padding' of conv2d is 'sam', but takes a whole number of at least 0, or two of them as [height, width], or 'same'; did you mean 'same'?")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["Inner"] }, "Inner": { "layers": ["relu"] } }, "layers": [{ "Cell": {}, "repeat": ⟦0⟧ }] }""", "MG1015: 'repeat' of Cell is 0, but takes a whole number from 1 to 5000.")]
    // The layer can't have the name, so that no output can.
    [InlineData("""{ "input": [4], "layers": [{ "linear": 2, "name": "x" }, { "linear": 3, "from": "input", "name": ⟦"trainer"⟧ }], "outputs": ["x", "trainer"] }""", "MG1007: The name 'trainer' can't be used: 'Trainer' is a member of every generated class.")]
    [InlineData("""{ "input": [4], "layers": ["relu"], "outputs": ["relu1", ⟦"trainer"⟧] }""", "MG1017: outputs takes the output of 'trainer', but no layer before it in its list has that name.")]
    // What is to end the network has weights.
    [InlineData("""{ "input": [1, 8, 8], "layers": [⟦"relu"⟧], "training": { "loss": "cross_entropy", "optimizer": "sgd" }, "data": { "image_folder": {} } }""", "MG3001: A classifier's output is [N, classes], but layer 'relu1' gives [N, 1, 8, 8]. End the network with flatten and linear.")]
    // The training section has to go, whatever its loss is.
    [InlineData("""{ "input": [4], "layers": [{ "linear": 2, "name": "x" }, { "linear": 3, "from": "input", "name": "y" }], "outputs": ["x", "y"], "training": ⟦{ "loss": "cross_entropy", "optimizer": "sgd" }⟧, "data": { "csv": { "targets": ["p"] } } }""", "MG3012: The training loop gives a network one input and judges one answer, but the network has 2 outputs: leave out 'training' and 'data', and train the module by a loop of your own.")]
    [InlineData("""{ "input": [4], "layers": [{ "linear": 2, "name": "x" }, { "linear": 3, "from": "input", "name": "y" }], "outputs": ["x", "y"], "training": ⟦{ "loss": "mse", "optimizer": "sgd" }⟧, "data": { "csv": { "targets": ["p"] } } }""", "MG3012: The training loop gives a network one input and judges one answer, but the network has 2 outputs: leave out 'training' and 'data', and train the module by a loop of your own.")]
    // A block whose parameters can't be read is used all the same, with all that it may take.
    [InlineData("""{ "input": [3, 8, 8], "blocks": { "Cell": { "parameters": ⟦{ "width": 8 }⟧, "layers": [{ "conv2d": "width", "kernel_size": 1 }] } }, "layers": [{ "Cell": 8 }, "flatten"] }""", "MG1004: 'parameters' of the block is an object, but takes a list of names, and of names with a default: [\"channels\", { \"stride\": 1 }].")]
    // Means and deviations of values of 0 to 255.
    [InlineData("""{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd" }, "data": { "image_folder": { "mean": ⟦[127.5]⟧, "std": [255] } } }""", "MG1015: 'mean' of image_folder is [127.5], but takes numbers of at most 10, because an image's values are 0 to 1 before they are normalised: divide those for values of 0 to 255 by 255.")]
    [InlineData("""{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd" }, "data": { "image_folder": { "mean": [0], "std": ⟦[255]⟧ } } }""", "MG1015: 'std' of image_folder is [255.0], but takes numbers of at most 10, because an image's values are 0 to 1 before they are normalised: divide those for values of 0 to 255 by 255.")]
    [InlineData("""{ "input": [4], "layers": [{ "linear": {}, ⟦"out_features"⟧: 10 }] }""", "MG1003: linear has no property 'out_features': its value stands behind the layer's name, { \"linear\": … }.")]
    public void One_of_a_file_is_said_once(string marked, string message) => DiagnosticTests.AssertOne("Net.model.json", marked, message);

    [Theory]
    [InlineData("[Block, ReLU] class Cell;\n[Model, Input(3, 8, 8), Residual<Cell>(Shortcut = ⟦\"projecton\"⟧)]", "MG1016: 'shortcut' of residual is 'projecton', but takes a list of one or more layers, or 'identity', or 'projection', or 'same_shape'; did you mean 'projection'?")]
    [InlineData("[Model, Input(1, 8, 8), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder, ⟦Csv(Label = \"kind\")⟧]", "MG1006: 'data' is set twice in the spec: keep one.")]
    // What is a network's would be without effect on a block, and nobody would see it.
    [InlineData("[Block, Linear(4), ⟦Training⟧(Loss.Mse, Optimizer.Sgd)] class Cell;\n[Model, Input(4), Use<Cell>]", "MG1003: The block 'Cell' has no property 'training': it is a network's, and stands with [Model].")]
    [InlineData("[Block, Linear(4), ⟦ImageFolder⟧] class Cell;\n[Model, Input(4), Use<Cell>]", "MG1003: The block 'Cell' has no property 'image_folder': it is a network's, and stands with [Model].")]
    public void One_of_attributes_is_said_once(string marked, string message) =>
        DiagnosticTests.AssertOne("Net.cs", $"using ModelGen;\n{marked} public partial class Net;", message);

    [Fact]
    public void A_class_that_is_a_network_and_a_block_has_what_a_network_has() => Compiled.Leniently(("Net.cs", """
        using ModelGen;

        [Block, Model, Input(4), Linear(4)]
        [Training(Loss.Mse, Optimizer.Sgd), Csv(Targets = ["a", "b", "c", "d"])]
        public partial class Inner;

        [Model, Input(4), Use<Inner>, ReLU]
        public partial class Net;
        """)).AssertClean();

    private static void AssertAll(string path, string marked, string[] ids)
    {
        var text = MarkedText.Parse(marked);

        Assert.Equal(
            text.Places.Zip(ids, (place, id) => $"{path}({place}): error {id}"),
            Compiled.From((path, text.Text)).Report().Select(line => line[..line.IndexOf(':', line.IndexOf(" MG", StringComparison.Ordinal))]));
    }
}

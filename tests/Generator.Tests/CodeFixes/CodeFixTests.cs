using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelGen.CodeFixes;
using ModelGen.Diagnostics;
using ModelGen.Specs;
using ModelGen.Tests.Diagnostics;

namespace ModelGen.Tests.CodeFixes;

/// <summary>What an editor offers for a mistake, by its title, and the text that it leaves; everything else stays as it was typed.</summary>
public sealed class CodeFixTests
{
    private static readonly CodeFixProvider[] Providers = [new SpecFix(), new MakePartialFix(), new RenameFix()];

    [Theory]
    // The size that is declared wrong.
    [InlineData("Remove in_features", "[Model, Input(4), Linear(3, InFeatures = 5, Bias = false)]", "[Model, Input(4), Linear(3, Bias = false)]")]
    [InlineData("Write 4", "[Model, Input(4), Linear(3, InFeatures = 5)]", "[Model, Input(4), Linear(3, InFeatures = 4)]")]
    [InlineData("Remove num_features", "[Model, Input(4, 8, 8), BatchNorm2d(NumFeatures = 3)]", "[Model, Input(4, 8, 8), BatchNorm2d]")]
    // A layer that is missing, superfluous or in the wrong place.
    [InlineData("Put flatten before it, which gives [N, 48]", "[Model, Input(3, 4, 4)]\n[ReLU]\n[Linear(3), // head\n Sigmoid]", "[Model, Input(3, 4, 4)]\n[ReLU]\n[Flatten, Linear(3), // head\n Sigmoid]")]
    [InlineData("Remove 'flatten1' before it", "[Model, Input(3, 4, 4)]\n[Flatten]\n[BatchNorm2d]", "[Model, Input(3, 4, 4)]\n[BatchNorm2d]")]
    [InlineData("Put relu between them", "[Model, Input(4), Linear(3), Linear(2)]", "[Model, Input(4), Linear(3), ReLU, Linear(2)]")]
    [InlineData("Remove 'fc1'", "[Model, Input(4), Linear(3), Linear(2)]", "[Model, Input(4), Linear(2)]")]
    [InlineData("Put it before 'fc1'", "[Model, Input(1, 2, 2), Flatten, Linear(3)]\n[Dropout(0.3, Name = \"drop\")]\n[Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]", "[Model, Input(1, 2, 2), Flatten, Dropout(0.3, Name = \"drop\"), Linear(3)]\n[Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    [InlineData("Put it before 'flatten1'", "[Model, Input(3, 4, 4)]\n[Flatten, BatchNorm2d, Linear(2)]", "[Model, Input(3, 4, 4)]\n[BatchNorm2d, Flatten, Linear(2)]")]
    [InlineData("Remove it", "[Model, Input(3, 1, 1), ReLU, MaxPool2d(2)]", "[Model, Input(3, 1, 1), ReLU]")]
    [InlineData("Name this layer 'fc2_2'", "[Model, Input(4), Linear(3, Name = \"fc2\"), ReLU, Linear(3)]", "[Model, Input(4), Linear(3, Name = \"fc2\"), ReLU, Linear(3, Name = \"fc2_2\")]")]
    // A setting.
    [InlineData("Set bias to false", "[Model, Input(3, 8, 8), Conv2d(4, 3), BatchNorm2d]", "[Model, Input(3, 8, 8), Conv2d(4, 3, Bias = false), BatchNorm2d]")]
    [InlineData("Set bias to false", "[Model, Input(3, 8, 8), Conv2d(4, 3, Bias = true), BatchNorm2d]", "[Model, Input(3, 8, 8), Conv2d(4, 3, Bias = false), BatchNorm2d]")]
    [InlineData("Set ceil_mode", "[Model, Input(3, 9, 8), MaxPool2d(2)]", "[Model, Input(3, 9, 8), MaxPool2d(2, CeilMode = true)]")]
    [InlineData("Write padding [2, 1]", "[Model, Input(3, 4, 8), Conv2d(4, 7, Padding = 1)]", "[Model, Input(3, 4, 8), Conv2d(4, 7, Paddings = [2, 1])]")]
    [InlineData("Write kernel_size [6, 7]", "[Model, Input(3, 4, 8), Conv2d(4, 7, Padding = 1)]", "[Model, Input(3, 4, 8), Conv2d(4, [6, 7], Padding = 1)]")]
    [InlineData("Write dim 1", "[Model, Input(4), Softmax(2)]", "[Model, Input(4), Softmax(1)]")]
    [InlineData("Remove start_dim", "[Model, Input(3, 8, 8), Flatten(4, -1)]", "[Model, Input(3, 8, 8), Flatten(1, -1)]")]
    [InlineData("Remove start_dim", "[Model, Input(3, 8, 8), ModelGen.Flatten(4, -1)]", "[Model, Input(3, 8, 8), ModelGen.Flatten(1, -1)]")]
    [InlineData("Remove start_dim", "[Model, Input(3, 8, 8), FlattenAttribute(4, -1)]", "[Model, Input(3, 8, 8), FlattenAttribute(1, -1)]")]
    [InlineData("Remove groups", "[Model, Input(3, 8, 8), Conv2d(4, 3, Groups = 2)]", "[Model, Input(3, 8, 8), Conv2d(4, 3)]")]
    [InlineData("Write the input as [1, 8, 8]", "[Model, Input(8, 8), MaxPool2d(2)]", "[Model, Input(1, 8, 8), MaxPool2d(2)]")]
    [InlineData("Write dim0 1 and dim1 2", "[Model, Input(4, 5), Transpose(0, 1)]", "[Model, Input(4, 5), Transpose(1, 2)]")]
    [InlineData("Write dims [3, 1, 2]", "[Model, Input(8, 8, 3), Permute(0, 3, 1, 2)]", "[Model, Input(8, 8, 3), Permute(3, 1, 2)]")]
    [InlineData("Write dims [3, 1, 2]", "[Model, Input(8, 8, 3), Permute(2, 0, 1)]", "[Model, Input(8, 8, 3), Permute(3, 1, 2)]")]
    // The input: the kind of its numbers, another one of several, an image in another order or without its shape.
    [InlineData("Write the type of the input as int64", "[Model, Input(5), Embedding(9, 4)]", "[Model, Input(5, Type = InputType.Int64), Embedding(9, 4)]")]
    [InlineData("Write the type of the input as int64", "[ModelGen.Model, ModelGen.Input(5), ModelGen.Embedding(9, 4)]", "[ModelGen.Model, ModelGen.Input(5, Type = ModelGen.InputType.Int64), ModelGen.Embedding(9, 4)]")]
    [InlineData("Write the type of the input 'b' as float32", "[Model, Input(\"a\", 5), Input(\"b\", 5, Type = InputType.Int64), Linear(4, From = \"b\"), Concat(\"a\")]", "[Model, Input(\"a\", 5), Input(\"b\", 5, Type = InputType.Float32), Linear(4, From = \"b\"), Concat(\"a\")]")]
    [InlineData("Write from 'words'", "[Model, Input(\"image\", 5), Input(\"words\", 5, Type = InputType.Int64), Linear(4, Name = \"seen\"), Embedding(9, 1), Flatten, Concat(\"seen\")]", "[Model, Input(\"image\", 5), Input(\"words\", 5, Type = InputType.Int64), Linear(4, Name = \"seen\"), Embedding(9, 1, From = \"words\"), Flatten, Concat(\"seen\")]")]
    [InlineData("Write the input as [3, 8, 9]", "[Model, Input(8, 9, 3), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]", "[Model, Input(3, 8, 9), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    [InlineData("Write the input as [1, 8, 9]", "[Model, Input(8, 9), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]", "[Model, Input(1, 8, 9), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    [InlineData("Write the input as [3, 8, 8] and begin with flatten", "[Model, Input(192), Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]", "[Model, Input(3, 8, 8), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    [InlineData("Write dim 2", "[Model, Input(\"a\", 4, 5), Input(\"b\", 4, 6), Concat(\"b\")]", "[Model, Input(\"a\", 4, 5), Input(\"b\", 4, 6), Concat(\"b\", Dim = 2)]")]
    // Images of different sizes meet: the window on the way to it, or a frame around the smaller one.
    [InlineData("Write padding 1 for 'conv1'", "[Model, Input(3, 8, 8), Conv2d(4, 3), ReLU, Concat(\"input\")]", "[Model, Input(3, 8, 8), Conv2d(4, 3, Padding = 1), ReLU, Concat(\"input\")]")]
    [InlineData("Put pad [1, 1, 1, 1] before it", "[Model, Input(3, 8, 8), Conv2d(4, 3), ReLU, Concat(\"input\")]", "[Model, Input(3, 8, 8), Conv2d(4, 3), ReLU, Pad([1, 1, 1, 1]), Concat(\"input\")]")]
    [InlineData("Put crop [6, 6] before it", "[Model, Input(3, 6, 6), ConvTranspose2d(4, 3), Concat(\"input\")]", "[Model, Input(3, 6, 6), ConvTranspose2d(4, 3), Crop([6, 6]), Concat(\"input\")]")]
    [InlineData("Write padding [1, 0] for 'conv1'", "[Model, Input(3, 8, 8), Conv2d(3, [3, 1]), Add(\"input\")]", "[Model, Input(3, 8, 8), Conv2d(3, [3, 1], Paddings = [1, 0]), Add(\"input\")]")]
    [InlineData("Write stride 1 for 'pool1'", "[Model, Input(3, 8, 8), MaxPool2d(3, Padding = 1), Concat(\"input\")]", "[Model, Input(3, 8, 8), MaxPool2d(3, Padding = 1, Stride = 1), Concat(\"input\")]")]
    [InlineData("Write output_padding 1 for 'conv_transpose1'", "[Model, Input(3, 9, 9), MaxPool2d(2), ConvTranspose2d(3, 2, Stride = 2), Add(\"input\")]", "[Model, Input(3, 9, 9), MaxPool2d(2), ConvTranspose2d(3, 2, Stride = 2, OutputPadding = 1), Add(\"input\")]")]
    [InlineData("Write output_padding 1 for 'up1' and 'up2'", "[Model, Input(1, 8, 8), MaxPool2d(4), ConvTranspose2d(1, 3, Stride = 2, Padding = 1, Name = \"up1\"), ConvTranspose2d(1, 3, Stride = 2, Padding = 1, Name = \"up2\"), Add(\"input\")]", "[Model, Input(1, 8, 8), MaxPool2d(4), ConvTranspose2d(1, 3, Stride = 2, Padding = 1, Name = \"up1\", OutputPadding = 1), ConvTranspose2d(1, 3, Stride = 2, Padding = 1, Name = \"up2\", OutputPadding = 1), Add(\"input\")]")]
    // One number for each channel and an image; an image where a sequence is read.
    [InlineData("Put reshape before it, which gives [N, 4, 1, 1]", "[Model, Input(4, 8, 8), GlobalAvgPool, Linear(4), Mul(\"input\")]", "[Model, Input(4, 8, 8), GlobalAvgPool, Linear(4), Reshape([4, 1, 1]), Mul(\"input\")]")]
    [InlineData("Put reshape before it, which gives [N, 8, 9]", "[Model, Input(1, 8, 9), GRU(4)]", "[Model, Input(1, 8, 9), Reshape([8, 9]), GRU(4)]")]
    [InlineData("Put flatten with start_dim 2 and then transpose of 1 and 2 before it, which give [N, 72, 4]", "[Model, Input(4, 8, 9), ClassToken]", "[Model, Input(4, 8, 9), Flatten(2), Transpose(1, 2), ClassToken]")]
    [InlineData("Write shortcut 'projection', which gives [N, 4, 8, 8]", "[Block, Conv2d(4, 1)] class Cell;\n[Model, Input(3, 8, 8), Residual<Cell>]", "[Block, Conv2d(4, 1)] class Cell;\n[Model, Input(3, 8, 8), Residual<Cell>(Shortcut = \"projection\")]")]
    [InlineData("Write shortcut 'projection', which gives [N, 4, 8, 8]", "[Block, Conv2d(4, 1)] class Cell;\n[Model, Input(3, 8, 8), Residual<Cell>(Shortcut = \"identity\")]", "[Block, Conv2d(4, 1)] class Cell;\n[Model, Input(3, 8, 8), Residual<Cell>(Shortcut = \"projection\")]")]
    // A block, in the class that has its layers.
    [InlineData("Set bias to false", "[Block, Conv2d(4, 1), BatchNorm2d] class Cell;\n[Model, Input(3, 8, 8), Use<Cell>]", "[Block, Conv2d(4, 1, Bias = false), BatchNorm2d] class Cell;\n[Model, Input(3, 8, 8), Use<Cell>]")]
    [InlineData("Put flatten before it, which gives [N, 192]", "[Block, ReLU, Linear(3)] class Cell;\n[Model, Input(3, 8, 8), ReLU, Use<Cell>]", "[Block, ReLU, Flatten, Linear(3)] class Cell;\n[Model, Input(3, 8, 8), ReLU, Use<Cell>]")]
    [InlineData("Remove 'cell1.inner1.fc1'", "[Block, Linear(3), Linear(2)] class Inner;\n[Block, Use<Inner>] class Cell;\n[Model, Input(4), Use<Cell>]", "[Block, Linear(2)] class Inner;\n[Block, Use<Inner>] class Cell;\n[Model, Input(4), Use<Cell>]")]
    // Comments, and what is written otherwise, stay.
    [InlineData("Write the input as [1, 8, 8]", "[Model, Input((8), 8 /* wide */, Type = InputType.Float32), MaxPool2d(2)]", "[Model, Input(1, (8), 8 /* wide */, Type = InputType.Float32), MaxPool2d(2)]")]
    [InlineData("Remove 'flatten1' before it", "[Model, Input(3, 4, 4)]\n[Flatten, // to one row\n BatchNorm2d]", "[Model, Input(3, 4, 4)]\n[ // to one row\n BatchNorm2d]")]
    [InlineData("Put it before 'flatten1'", "[Model, Input(3, 4, 4), ReLU, Flatten,\n // as it comes\n BatchNorm2d]", "[Model, Input(3, 4, 4), ReLU, BatchNorm2d, Flatten\n // as it comes\n ]")]
    [InlineData("Put flatten before it, which gives [N, 4]", "[ModelGen.Model, ModelGen.Input(1, 2, 2), ModelGen.Linear(3)]", "[ModelGen.Model, ModelGen.Input(1, 2, 2), ModelGen.Flatten, ModelGen.Linear(3)]")]
    [InlineData("Use the loss cross_entropy", "[Model, Input(1, 4, 4), Flatten, Linear(3), Training(ModelGen.Loss.Nll, Optimizer.Sgd), ImageFolder]", "[Model, Input(1, 4, 4), Flatten, Linear(3), Training(ModelGen.Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    // Training.
    [InlineData("Use the loss cross_entropy", "[Model, Input(1, 4, 4), Flatten, Linear(3), Training(Loss.Nll, Optimizer.Sgd), ImageFolder]", "[Model, Input(1, 4, 4), Flatten, Linear(3), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    [InlineData("Use the loss cross_entropy", "[Model, Input(1, 4, 4), Flatten, Linear(3), Training((Loss.Nll), Optimizer.Sgd), ImageFolder]", "[Model, Input(1, 4, 4), Flatten, Linear(3), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    [InlineData("Replace it with log_softmax", "[Model, Input(1, 4, 4), Flatten, Linear(3), Training(Loss.Nll, Optimizer.Sgd), ImageFolder]\n[Softmax]", "[Model, Input(1, 4, 4), Flatten, Linear(3), Training(Loss.Nll, Optimizer.Sgd), ImageFolder]\n[LogSoftmax]")]
    [InlineData("End the network with flatten and linear", "[Model, Input(1, 4, 4), ReLU, Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder(Classes = [\"a\", \"b\"])]", "[Model, Input(1, 4, 4), ReLU, Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder(Classes = [\"a\", \"b\"])]")]
    [InlineData("Replace it with log_softmax", "[Model, Input(1, 4, 4), Flatten, Linear(3), Softmax, Training(Loss.Nll, Optimizer.Sgd), ImageFolder]", "[Model, Input(1, 4, 4), Flatten, Linear(3), LogSoftmax, Training(Loss.Nll, Optimizer.Sgd), ImageFolder]")]
    [InlineData("End the network with flatten and linear", "[Model, Input(1, 4, 4), ReLU, Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]", "[Model, Input(1, 4, 4), ReLU, Flatten, Linear(10), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    [InlineData("Write out_features 2", "[Model, Input(1, 4, 4), Flatten, Linear(1), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]", "[Model, Input(1, 4, 4), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    [InlineData("Use the loss cross_entropy and write out_features 2", "[Model, Input(1, 4, 4), Flatten, Linear(1), Training(Loss.BceWithLogits, Optimizer.Sgd), ImageFolder]", "[Model, Input(1, 4, 4), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    [InlineData("Remove 'relu1' and 'softmax1'", "[Model, Input(4), Linear(3), ReLU, Softmax, Training(Loss.CrossEntropy, Optimizer.Sgd), Csv(Label = \"kind\")]", "[Model, Input(4), Linear(3), Training(Loss.CrossEntropy, Optimizer.Sgd), Csv(Label = \"kind\")]")]
    [InlineData("Remove that layer", "[Model, Input(1, 4, 4), Flatten, Linear(3), Sigmoid, Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]", "[Model, Input(1, 4, 4), Flatten, Linear(3), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    [InlineData("Use the loss cross_entropy, write out_features 2 and remove 'sigmoid1'", "[Model, Input(4), Linear(1), Sigmoid, Training(Loss.Bce, Optimizer.Sgd), Csv(Label = \"sick\")]", "[Model, Input(4), Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), Csv(Label = \"sick\")]")]
    [InlineData("Write rotate 45", "[Model, Input(1, 4, 4), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder(Classes = [\"up\", \"down\"], Rotate = 60)]", "[Model, Input(1, 4, 4), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder(Classes = [\"up\", \"down\"], Rotate = 45)]")]
    [InlineData("Remove horizontal_flip", "[Model, Input(1, 4, 4), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder(Classes = [\"left\", \"right\"], HorizontalFlip = true)]", "[Model, Input(1, 4, 4), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder(Classes = [\"left\", \"right\"])]")]
    [InlineData("Remove momentum", "[Model, Input(1, 4, 4), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Adam, Momentum = 0.9, Epochs = 3), ImageFolder]", "[Model, Input(1, 4, 4), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Adam, Epochs = 3), ImageFolder]")]
    // Names: the compiler's own errors.
    [InlineData("Rename to 'AdamW'", "[Model, Input(1, 4, 4), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Adamw), ImageFolder]", "[Model, Input(1, 4, 4), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.AdamW), ImageFolder]")]
    [InlineData("Rename to 'Conv2d'", "[Model, Input(3, 8, 8), Conv2D(4, 3)]", "[Model, Input(3, 8, 8), Conv2d(4, 3)]")]
    [InlineData("Rename to 'Linear'", "[Model, Input(4), Dense(3)]", "[Model, Input(4), Linear(3)]")]
    [InlineData("Rename to 'BatchNorm2d'", "[Model, Input(3, 8, 8), BatchNorm]", "[Model, Input(3, 8, 8), BatchNorm2d]")]
    [InlineData("Rename to 'Padding'", "[Model, Input(3, 8, 8), Conv2d(4, 3, Paddding = 1)]", "[Model, Input(3, 8, 8), Conv2d(4, 3, Padding = 1)]")]
    [InlineData("Rename to 'CrossEntropy'", "[Model, Input(1, 4, 4), Flatten, Linear(3), Training(Loss.CrossEntrpy, Optimizer.Sgd), ImageFolder]", "[Model, Input(1, 4, 4), Flatten, Linear(3), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    [InlineData("Rename to 'Training'", "[Model, Input(1, 4, 4), Flatten, Linear(3), Trainin(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]", "[Model, Input(1, 4, 4), Flatten, Linear(3), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]")]
    [InlineData("Rename to 'Outputs'", "[Model, Input(4), Linear(3), Output(\"fc1\")]", "[Model, Input(4), Linear(3), Outputs(\"fc1\")]")]
    [InlineData("Rename to 'Use'", "[Model, Input(4), Uses<Net>(Name = \"a\")]", "[Model, Input(4), Use<Net>(Name = \"a\")]")]
    [InlineData("Rename to 'Optimizer'", "[Model, Input(1, 4, 4), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimiser.Adam), ImageFolder]", "[Model, Input(1, 4, 4), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Adam), ImageFolder]")]
    // Texts, which the compiler takes as they are.
    [InlineData("Rename to 'stem'", "[Model, Input(4), Linear(4, Name = \"stem\"), ReLU, Linear(4, From = \"stam\"), Add(\"relu1\")]", "[Model, Input(4), Linear(4, Name = \"stem\"), ReLU, Linear(4, From = \"stem\"), Add(\"relu1\")]")]
    [InlineData("Rename to 'relu1'", "[Model, Input(4), ReLU, Linear(4, Name = \"stem\"), Add(\"input\", \"relo1\")]", "[Model, Input(4), ReLU, Linear(4, Name = \"stem\"), Add(\"input\", \"relu1\")]")]
    [InlineData("Rename to 'scores'", "[Model, Input(4), Linear(4, Name = \"scores\"), ReLU, Outputs(\"scors\", \"relu1\")]", "[Model, Input(4), Linear(4, Name = \"scores\"), ReLU, Outputs(\"scores\", \"relu1\")]")]
    [InlineData("Write 'fc_1'", "[Model, Input(4), Linear(3, Name = \"fc-1\")]", "[Model, Input(4), Linear(3, Name = \"fc_1\")]")]
    [InlineData("Write 'a_2'", "[Model, Input(4), Linear(3, Name = \"a\"), ReLU(Name = \"a\")]", "[Model, Input(4), Linear(3, Name = \"a\"), ReLU(Name = \"a_2\")]")]
    public async Task An_offer_in_the_attributes(string title, string attributes, string expected) => Assert.Equal(
        Source(expected, "public partial class Net;"),
        await Apply(title, Source(attributes, "public partial class Net;")));

    [Fact]
    public async Task A_text_that_stands_elsewhere_is_not_renamed() => Assert.Empty(
        await Offers(Source("[Model, Input(4), Linear(4, Name = \"stem\"), ReLU, Linear(4, From = Stam), Add(\"relu1\")]", "public partial class Net { private const string Stam = \"stam\"; }")));

    [Fact]
    public async Task A_list_that_goes_takes_its_line_along() => Assert.Equal(
        "using ModelGen;\n\npartial class Outer\n{\n    [Model, Input(3, 4, 4)]\n    [BatchNorm2d]\n    public partial class Net;\n}\n",
        await Apply("Remove 'flatten1' before it", "using ModelGen;\n\npartial class Outer\n{\n    [Model, Input(3, 4, 4)]\n    [Flatten]\n    [BatchNorm2d]\n    public partial class Net;\n}\n"));

    [Theory]
    [InlineData("public class Net;", "public partial class Net;")]
    [InlineData("internal sealed class Net { }", "internal sealed partial class Net { }")]
    public async Task A_class_is_made_partial(string declaration, string expected) => Assert.Equal(
        Source("[Model, Input(4), Linear(3)]", expected),
        await Apply("Make the class partial", Source("[Model, Input(4), Linear(3)]", declaration)));

    public static TheoryData<string> Pages { get; } =
        [.. Rules.All.Select(rule => rule.Id).Where(id => new DiagnosticPage(id).Wrong.Any(example => example.Files is [{ Path: "Net.cs" }]))];

    /// <summary>An editor offers all that the message names, each offer mends what it is for, and what it leaves has nothing that was not there before.</summary>
    [Theory, MemberData(nameof(Pages))]
    public async Task What_a_page_of_the_docs_shows_as_wrong_is_mended_by_each_offer(string id)
    {
        foreach (var (files, _) in new DiagnosticPage(id).Wrong.Where(example => example.Files is [{ Path: "Net.cs" }]))
        {
            var before = Compiled.Leniently(files);
            // A remark may be what follows where a warning or an error was.
            var least = (DiagnosticSeverity)Rules.All.Single(rule => rule.Id == id).Severity + 1;
            var (said, errors) = (before.Report(least), ErrorsOf(before));
            var offers = (await Offers(files[0].Text)).Where(offer => offer.Id == id).ToArray();

            Assert.All(Named(before, id), title => Assert.Contains(title, offers.Select(offer => offer.Action.Title)));
            foreach (var (_, action, document) in offers)
            {
                var after = Compiled.Leniently(("Net.cs", await Changed(action, document)));
                Assert.True(after.Report(least).Count < said.Count, $"{action.Title}\n{string.Join('\n', after.Report(least))}");
                Assert.True(ErrorsOf(after).Length <= errors.Length, $"{action.Title}\n{string.Join('\n', ErrorsOf(after))}");
            }
        }
    }

    /// <summary>The fixes that messages of a rule name.</summary>
    private static IEnumerable<string> Named(Compiled compiled, string id) =>
        from declaration in compiled.Output.SyntaxTrees.Single(tree => tree.FilePath == "Net.cs").GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
        let type = (INamedTypeSymbol)compiled.Output.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration)!
        where declaration.AttributeLists.Count > 0 && type.GetAttributes().Any(AttributeSpecReader.IsModel)
        from finding in CheckedReading.Of(AttributeSpecReader.Read(declaration, type, keepPlaces: true, default)).Findings
        where finding.Rule.Id == id
        from fix in finding.Fixes
        select fix.Title;

    private static string[] ErrorsOf(Compiled compiled) =>
        [.. compiled.Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())];

    private static string Source(string attributes, string declaration) => $"using ModelGen;\n\n{attributes}\n{declaration}\n";

    private static async Task<string> Apply(string title, string source)
    {
        var offers = await Offers(source);

        Assert.Contains(title, offers.Select(offer => offer.Action.Title));
        var (_, action, document) = offers.First(offer => offer.Action.Title == title);
        return await Changed(action, document);
    }

    private static async Task<string> Changed(CodeAction action, Document document)
    {
        var operations = await action.GetOperationsAsync(default);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        return (await changed.GetTextAsync()).ToString();
    }

    private static async Task<IReadOnlyList<(string Id, CodeAction Action, Document Document)>> Offers(string source)
    {
        var workspace = new AdhocWorkspace();
        var compilation = Compiled.Project([]);
        var project = workspace.AddProject("Consumer", LanguageNames.CSharp)
            .WithCompilationOptions(compilation.Options).WithMetadataReferences(compilation.References);
        var document = project.AddDocument("Net.cs", source);
        var offers = new List<(string, CodeAction, Document)>();
        foreach (var diagnostic in await Diagnostics(document))
        {
            foreach (var provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
                await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offers.Add((diagnostic.Id, action, document)), default));
        }

        return offers;
    }

    private static async Task<IEnumerable<Diagnostic>> Diagnostics(Document document)
    {
        var compilation = (await document.Project.GetCompilationAsync())!;
        var analysis = await compilation.WithAnalyzers(ImmutableArray.Create<DiagnosticAnalyzer>(new ModelAnalyzer())).GetAnalyzerDiagnosticsAsync();
        return compilation.GetDiagnostics().Concat(analysis);
    }
}

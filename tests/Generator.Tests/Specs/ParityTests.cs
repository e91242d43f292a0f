using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Tests.Layers;
using ModelGen.Tests.Training;
using ModelGen.Training;

namespace ModelGen.Tests.Specs;

/// <summary>The same network in both spec forms becomes the same code, to the byte, but for the line that names the source.</summary>
public sealed class ParityTests
{
    /// <summary>Networks that set every parameter of every layer to something else than its default.</summary>
    public static IReadOnlyList<(string Input, string Attributes, string Json)> Layers { get; } =
    [
        (
            "[4, 9, 7]",
            "Conv2d(8, [5, 3], InChannels = 4, Strides = [2, 1], Paddings = [2, 1], Dilations = [1, 2], Groups = 2, Bias = false)",
            """{ "conv2d": 8, "kernel_size": [5, 3], "in_channels": 4, "stride": [2, 1], "padding": [2, 1], "dilation": [1, 2], "groups": 2, "bias": false }"""
        ),
        (
            "[4, 9, 7]",
            "Conv2d(8, 3, Stride = 2, Padding = 4, Dilation = 2)",
            """{ "conv2d": 8, "kernel_size": 3, "stride": 2, "padding": 4, "dilation": 2 }"""
        ),
        (
            "[1, 12, 8]",
            "MaxPool2d([3, 2], Stride = 2, Padding = 1, CeilMode = true), AvgPool2d(2, Strides = [1, 2], CountIncludePad = false), AdaptiveAvgPool2d([2, 1])",
            """{ "max_pool2d": [3, 2], "stride": 2, "padding": 1, "ceil_mode": true }, { "avg_pool2d": 2, "stride": [1, 2], "count_include_pad": false }, { "adaptive_avg_pool2d": [2, 1] }"""
        ),
        (
            "[1, 13, 9]",
            "MaxPool2d(2, Strides = [2, 1], Paddings = [1, 0], Dilations = [1, 2]), AvgPool2d([2, 3], Stride = 2, Paddings = [0, 1], CeilMode = true), AdaptiveAvgPool2d(3)",
            """{ "max_pool2d": 2, "stride": [2, 1], "padding": [1, 0], "dilation": [1, 2] }, { "avg_pool2d": [2, 3], "stride": 2, "padding": [0, 1], "ceil_mode": true }, { "adaptive_avg_pool2d": 3 }"""
        ),
        (
            "[2, 4, 4]",
            "BatchNorm2d(NumFeatures = 2, Eps = 0.001, Momentum = 0.2, Affine = false), LeakyReLU(0.2), GELU, Sigmoid, Tanh, Dropout(0.25), Flatten(startDim: 2), Softmax(-1)",
            """{ "batch_norm2d": {}, "num_features": 2, "eps": 0.001, "momentum": 0.2, "affine": false }, { "leaky_relu": 0.2 }, "gelu", "sigmoid", "tanh", { "dropout": 0.25 }, { "flatten": 2 }, { "softmax": -1 }"""
        ),
        (
            "[2, 4, 4]",
            "Flatten(1, 2), LogSoftmax(2), ReLU",
            """{ "flatten": 1, "end_dim": 2 }, { "log_softmax": 2 }, "relu" """
        ),
        (
            "[5]",
            "Linear(4, InFeatures = 5, Name = \"hidden\", Bias = false), ReLU(Name = \"act\"), Linear(3), LogSoftmax",
            """{ "linear": 4, "in_features": 5, "name": "hidden", "bias": false }, { "relu": {}, "name": "act" }, { "linear": 3 }, "log_softmax" """
        ),
        (
            "[4, 9]",
            "Conv1d(8, 3, InChannels = 4, Stride = 2, Padding = 1, Dilation = 2, Groups = 2, Bias = false, PaddingMode = \"circular\")",
            """{ "conv1d": 8, "kernel_size": 3, "in_channels": 4, "stride": 2, "padding": 1, "dilation": 2, "groups": 2, "bias": false, "padding_mode": "circular" }"""
        ),
        (
            "[2, 5, 6, 7]",
            "Conv3d(4, [1, 2, 3], InChannels = 2, Strides = [1, 2, 1], Padding = 1, Dilations = [2, 1, 1], Groups = 2, Bias = false, PaddingMode = \"replicate\")",
            """{ "conv3d": 4, "kernel_size": [1, 2, 3], "in_channels": 2, "stride": [1, 2, 1], "padding": 1, "dilation": [2, 1, 1], "groups": 2, "bias": false, "padding_mode": "replicate" }"""
        ),
        (
            "[3, 6, 6]",
            "Conv2d(4, 3, PaddingSame = true, PaddingMode = \"reflect\", Name = \"stem\"), ReLU, Conv2d(4, 1, From = \"stem\"), Add(\"relu1\", \"stem\"), Mul(\"stem\"), Identity, DropPath(0.1), Concat(\"input\", Dim = 1)",
            """{ "conv2d": 4, "kernel_size": 3, "padding": "same", "padding_mode": "reflect", "name": "stem" }, "relu", { "conv2d": 4, "kernel_size": 1, "from": "stem" }, { "add": ["relu1", "stem"] }, { "mul": "stem" }, "identity", { "drop_path": 0.1 }, { "concat": "input", "dim": 1 }"""
        ),
        .. ILayerFamily.All,
    ];

    public static IEnumerable<object[]> Networks => Layers.Select(network => new object[] { network.Input, network.Attributes, network.Json });

    [Fact]
    public void The_seed() => AssertSame(SeedSpecs.Attributes, SeedSpecs.Json);

    [Theory, MemberData(nameof(Networks))]
    public void Layers_with_their_parameters(string input, string attributes, string json) => AssertSame(
        ("Net.cs", $"using ModelGen;\nnamespace Demo;\n[Model, {LayerInput.Attribute(input)}, {attributes}]\npublic partial class Net;\n"),
        ("Net.model.json", $"{{ \"input\": {input}, \"layers\": [{json}] }}"));

    [Theory, MemberData(nameof(RecipesByNumber))]
    public void Training_with_its_parameters(int number)
    {
        var (attributes, json) = RecipeSpecs.All[number];
        if (!IsOfClasses(json))
            return;
        AssertSame(
            ("Net.cs", $"using ModelGen;\nnamespace Demo;\n[Model, Input(3, 8, 8), Flatten, Linear(2){(attributes.Contains("Nll", StringComparison.Ordinal) ? ", LogSoftmax" : "")}, Training({attributes}), {Source.Attributes}]\npublic partial class Net;\n"),
            ("Net.model.json", JsonOf(json)));
    }

    private static readonly (string Attributes, string Json) Source = (
        """ImageFolder(Classes = ["cat", "a \"dog\""], TrainImages = 600, Mean = [0.485, 0, -1e-3], Std = [0.229, 1, 0.225], HorizontalFlip = true, SkipUnreadable = true, VerticalFlip = true, RandomCrop = 2, Rotate = 10, Shift = 0.1, Scale = 0.2, Shear = 5.5, Brightness = 0.3, Contrast = 1.5, Erase = 0.25, Resize = Resize.Fit)""",
        """
        "classes": ["cat", "a \"dog\""], "train_images": 600, "mean": [0.485, 0, -1e-3], "std": [0.229, 1, 0.225], "horizontal_flip": true, "skip_unreadable": true,
        "vertical_flip": true, "random_crop": 2, "rotate": 10, "shift": 0.1, "scale": 0.2, "shear": 5.5, "brightness": 0.3, "contrast": 1.5, "erase": 0.25, "resize": "fit"
        """);

    // Rows with a class, and rows with numbers; together they set all that a table has.
    private static readonly (string Attributes, string Json) Labelled = (
        """Csv(Label = "the \"kind\"", Features = ["a", "b", "c"], Delimiter = ";", Header = false, Classes = ["cat", "dog"], TrainRows = 600, Mean = [0.485, 0, -1e-3], Std = [0.229, 1, 0.225])""",
        """
        "label": "the \"kind\"", "features": ["a", "b", "c"], "delimiter": ";", "header": false, "classes": ["cat", "dog"], "train_rows": 600, "mean": [0.485, 0, -1e-3], "std": [0.229, 1, 0.225]
        """);

    private static readonly (string Attributes, string Json) Targeted = (
        """Csv(Targets = ["price \"€\"", "prediction"], Delimiter = "\t")""", """ "targets": ["price \"€\"", "prediction"], "delimiter": "\t" """);

    [Theory, MemberData(nameof(RecipesByNumber))]
    public void Tables_with_their_parameters(int number)
    {
        var (attributes, json) = RecipeSpecs.All[number];
        var (inAttributes, inJson) = IsOfClasses(json) ? Labelled : Targeted;
        var head = Head(json);
        AssertSame(
            ("Net.cs", $"using ModelGen;\nnamespace Demo;\n[Model, Input(3), Linear(2){(head is null ? "" : ", " + SpecNames.ToPascalCase(head))}, Training({attributes}), {inAttributes}]\npublic partial class Net;\n"),
            ("Net.model.json", $$"""{ "input": [3], "layers": [{ "linear": 2 }{{(head is null ? "" : $", \"{head}\"")}}], "training": { {{json}} }, "data": { "csv": { {{inJson}} } } }"""));
    }

    [Fact]
    public void No_parameter_of_a_table_is_left_out() => Assert.Equal(
        DataSources.Find("csv")!.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal),
        new[] { Labelled, Targeted }
            .SelectMany(source => JsonSpecReader.Read("Net.model.json", $$"""{ "data": { "csv": { {{source.Json}} } } }""", "Demo").Spec!.Data!.Settings)
            .Select(setting => setting.Name).Distinct().Order(StringComparer.Ordinal));

    private static bool IsOfClasses(string json) => LossOf(json).Task.HasClasses;

    private static LossKind LossOf(string json) => TrainingCatalogue.Losses.Single(loss => json.Contains($"\"loss\": \"{loss.Keyword}\"", StringComparison.Ordinal));

    // What the loss must have at the end.
    private static string? Head(string json) => LossOf(json).Keyword switch { "nll" or "kl_div" => "log_softmax", "bce" => "sigmoid", _ => null };

    public static TheoryData<int> RecipesByNumber { get; } = [.. Enumerable.Range(0, RecipeSpecs.All.Count)];

    public static string JsonOf(string training) => $$"""
        {
          "input": [3, 8, 8], "layers": ["flatten", { "linear": 2 }{{(training.Contains("\"nll\"", StringComparison.Ordinal) ? ", \"log_softmax\"" : "")}}],
          "training": { {{training}} },
          "data": { "image_folder": { {{Source.Json}} } }
        }
        """;

    public static (string Path, string Text) JsonOfTraining { get; } = ("Net.model.json", JsonOf(RecipeSpecs.All[0].Json));

    [Fact]
    public void No_parameter_of_training_or_data_is_left_out()
    {
        var specs = RecipeSpecs.All.Select(recipe => JsonSpecReader.Read("Net.model.json", JsonOf(recipe.Json), "Demo").Spec!).ToArray();
        var written = specs.SelectMany(spec =>
        {
            var words = spec.Training!.Settings.ToDictionary(setting => setting.Name, setting => setting.Value.Text, StringComparer.Ordinal);
            return spec.Training.Settings.SelectMany(setting => TrainingParameters.Choices.Select(choice => $"{words.GetValueOrDefault(choice.Choice.Name)} {setting.Name}").Append(setting.Name));
        });
        var known = TrainingParameters.Choices.SelectMany(choice => choice.Kinds.SelectMany(kind => kind.Parameters.Select(parameter => $"{kind.Keyword} {parameter.Name}").Append($"{kind.Keyword} {choice.Choice.Name}")))
            .Concat(TrainingParameters.Common.Select(parameter => parameter.Name));

        Assert.Empty(known.Except(["constant schedule", "float32 precision", .. written]));
        Assert.Equal(TrainingParameters.ImageFolder.Select(parameter => parameter.Name).Order(StringComparer.Ordinal), specs[0].Data!.Settings.Select(setting => setting.Name));
    }

    [Fact]
    public void No_parameter_of_any_layer_is_left_out()
    {
        var written = Layers
            .SelectMany(network => JsonSpecReader.Read("Net.model.json", $"{{ \"input\": {network.Input}, \"layers\": [{network.Json}] }}", "Demo").Spec!.Layers)
            .SelectMany(layer => layer.Settings.Select(setting => $"{layer.Keyword} {setting.Name}").Append(layer.Keyword));
        var known = LayerCatalogue.Layers.Where(kind => kind.HasAttribute).SelectMany(kind => kind.Parameters.Select(parameter => $"{kind.Keyword} {parameter.Name}").Append(kind.Keyword));

        Assert.Empty(known.Except(written));
    }

    private static void AssertSame((string Path, string Text) attributes, (string Path, string Text) json)
    {
        var fromAttributes = Compiled.From(attributes).AssertClean().Files;
        var fromJson = Compiled.From(json).AssertClean().Files;

        Assert.NotEmpty(fromAttributes);
        Assert.Equal(fromAttributes.Keys, fromJson.Keys);
        foreach (var (name, text) in fromAttributes)
        {
            Assert.Equal($"// Compiled by ModelGen from {attributes.Path}: change it there, not here.", text.Split('\n')[1]);
            Assert.Equal(text.Replace(attributes.Path, json.Path, StringComparison.Ordinal), fromJson[name]);
        }
    }
}

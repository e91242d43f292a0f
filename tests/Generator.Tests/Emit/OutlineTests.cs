using Microsoft.CodeAnalysis;
using ModelGen.Layers;

namespace ModelGen.Tests.Emit;

/// <summary>One mistake in a spec is one error: the program that uses the network compiles against its outline.</summary>
public sealed class OutlineTests
{
    private const string Program = """
        using Demo;

        var options = new ConvNet.Options { Epochs = 3, Data = "digits" };
        var images = ModelGen.Data.ImageData.Open(options, ConvNet.Data.ImageShape, classes: 10);
        using var model = new ConvNet();
        using var trainer = new ConvNet.Trainer(model, options);
        System.Console.WriteLine(ConvNet.Data.ClassNames.Count);
        trainer.TrainEpoch(new ConvNet.Data(images.Train, options, trainer.Device), epoch: 1);
        System.Console.WriteLine($"{ConvNet.Summary} {ConvNet.ParameterCount} {ConvNet.InputShape.Length} {model.forward(null!)}");
        return ConvNet.Run(args);
        """;

    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { "[3, 28, 28]", "[3, 28]" },
        { "\"input\": [3, 28, 28],", "" },
        { "\"kernel_size\": 5", "\"kernel_size\": 50" },
        { "\"relu\"", "\"rellu\"" },
        { "\"flatten\", ", "" },
        { "\"nll\"", "\"nil\"" },
        { "\"image_folder\"", "\"folder\"" },
        { "\"layers\": [", "\"layers\": [," },
        { "\"log_softmax\"", "{ \"log_softmax\": 1, \"name\": \"ConvNet\" }" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_in_json(string right, string wrong) => AssertOnlyOurs((SeedSpecs.Json.Path, SeedSpecs.Json.Text.Replace(right, wrong, StringComparison.Ordinal)));

    [Theory]
    [InlineData("28, 28)", "28)")]
    [InlineData("Flatten, ", "")]
    [InlineData("Conv2d(16, 5", "Conv2d(0, 5")]
    [InlineData("[ImageFolder]", "")]
    public void A_mistake_in_attributes(string right, string wrong) =>
        AssertOnlyOurs((SeedSpecs.Attributes.Path, SeedSpecs.Attributes.Text.Replace(right, wrong, StringComparison.Ordinal)));

    [Fact]
    public void Every_layer_is_in_it_with_its_type()
    {
        var layers = string.Join(", ", LayerCatalogue.All.Select((kind, i) => $$"""{ "{{kind.Keyword}}": {}, "name": "layer{{i}}", "nonsense": 1 }"""));
        var compiled = Compiled.From(("Net.model.json", $$"""{ "input": [4], "layers": [{{layers}}] }"""));

        Assert.NotEmpty(compiled.Diagnostics);
        Assert.Equal([], Errors(compiled));
        Assert.All(LayerCatalogue.All, (kind, i) => Assert.Contains($" Layer{i} {{ get; }}", compiled.Files.Single().Value, StringComparison.Ordinal));
    }

    private static void AssertOnlyOurs((string Path, string Text) spec)
    {
        var compiled = Compiled.FromProgram(spec, ("Program.cs", Program));

        Assert.NotEmpty(compiled.Diagnostics);
        Assert.Equal([], Errors(compiled));
    }

    private static IEnumerable<string> Errors(Compiled compiled) =>
        compiled.Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());
}

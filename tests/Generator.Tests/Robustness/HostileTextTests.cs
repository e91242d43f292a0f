using Microsoft.CodeAnalysis.CSharp;

namespace ModelGen.Tests.Robustness;

/// <summary>What a spec quotes is refused, or stands in the code as the text that it is: it never becomes code.</summary>
public sealed class HostileTextTests
{
    private const string Layers = "\"input\": [1, 8, 8], \"layers\": [\"flatten\", { \"linear\": 2 }]";

    private static readonly Dictionary<string, Func<string, (string Path, string Text)>> Places = new()
    {
        ["a layer's name"] = text => Json($"{{ \"input\": [4], \"layers\": [{{ \"linear\": 4, \"name\": {text} }}] }}"),
        ["a layer"] = text => Json($"{{ \"input\": [4], \"layers\": [{text}] }}"),
        ["a layer's keyword"] = text => Json($"{{ \"input\": [4], \"layers\": [{{ {text}: 4 }}] }}"),
        ["a setting's name"] = text => Json($"{{ \"input\": [4], \"layers\": [{{ \"linear\": 4, {text}: 4 }}] }}"),
        ["a setting's value"] = text => Json($"{{ \"input\": [4], \"layers\": [{{ \"linear\": {text} }}] }}"),
        ["the class's name"] = text => Json($"{{ \"name\": {text}, {Layers} }}"),
        ["the namespace"] = text => Json($"{{ \"namespace\": {text}, {Layers} }}"),
        ["the loss"] = text => Trained(text, "\"image_folder\": {}"),
        ["the data's source"] = text => Trained("\"cross_entropy\"", $"{text}: {{}}"),
        ["a class of the data"] = text => Trained("\"cross_entropy\"", $"\"image_folder\": {{ \"classes\": [{text}, \"b\"] }}"),
        ["the schema"] = text => Json($"{{ \"$schema\": {text}, {Layers} }}"),
    };

    public static IEnumerable<object[]> JsonPlaces => Places.Keys.Select(place => new object[] { place });

    [Theory, MemberData(nameof(JsonPlaces))]
    public void In_json(string place) => Assert.All(HostileText.All, text => AssertHarmless(Places[place](JsonTree.Quote(text))));

    [Fact]
    public void In_the_name_of_a_json_file() => Assert.All(HostileText.All, text => AssertHarmless(($"{text}.model.json", $"{{ {Layers} }}")));

    [Theory]
    [InlineData("Linear(2, Name = TEXT)]\n[ImageFolder")]
    [InlineData("Linear(2)]\n[ImageFolder(Classes = [TEXT, \"b\"])")]
    public void In_attributes(string attributes) => Assert.All(HostileText.All, text => AssertHarmless(("Net.cs", $"""
        using ModelGen;
        namespace Demo;
        [Training(Loss.CrossEntropy, Optimizer.Sgd)]
        [Model, Input(1, 8, 8), Flatten, {attributes.Replace("TEXT", SymbolDisplay.FormatLiteral(text, quote: true), StringComparison.Ordinal)}]
        public partial class Net;
        """)));

    [Fact]
    public void In_the_name_of_a_file_of_attributes() => Assert.All(HostileText.All, text => AssertHarmless(
        ($"{text}.cs", "using ModelGen;\nnamespace Demo;\n[Model, Input(4), ReLU]\npublic partial class Net;")));

    private static (string Path, string Text) Trained(string loss, string data) =>
        Json($"{{ {Layers}, \"training\": {{ \"loss\": {loss}, \"optimizer\": \"sgd\" }}, \"data\": {{ {data} }} }}");

    private static (string Path, string Text) Json(string text) => ("Net.model.json", text);

    private static void AssertHarmless((string Path, string Text) spec)
    {
        var compiled = Compiled.From(spec);

        Assert.All(compiled.Run.Results, result => Assert.Null(result.Exception));
        Assert.All(compiled.Run.GeneratedTrees, Expect.SoundCode);
        if (compiled.Report().Count == 0)
            compiled.AssertClean();
    }
}

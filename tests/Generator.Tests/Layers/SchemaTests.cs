using System.Text.Json.Nodes;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Tests.Pages;
using ModelGen.Tests.Training;
using ModelGen.Training;

namespace ModelGen.Tests.Layers;

/// <summary>
/// In all that is form (words, types, ranges, how many) the schema for editors says what the build says: each property is tried with values of every
/// kind. What a block's parameters or a layer's input decide is the build's alone.
/// </summary>
public sealed class SchemaTests
{
    private static readonly SchemaReferee Schema = new(SpecSchema.Text);

    private static readonly Rule[] Form =
    [
        Rules.UnknownLayer, Rules.UnknownProperty, Rules.WrongType, Rules.MissingProperty, Rules.SetTwice, Rules.InvalidName, Rules.SpecTooLarge, Rules.OutOfRange, Rules.UnknownValue,
    ];

    public static TheoryData<string> Keywords { get; } = [.. LayerCatalogue.All.Select(kind => kind.Keyword)];

    public static TheoryData<string> Files { get; } = [.. new[] { "samples", "benchmarks", "src/Templates" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.model.json", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Repository.Root, path)).Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public void It_takes_every_spec_of_the_repository(string path) => Assert.True(Schema.Accepts(File.ReadAllText(Path.Combine(Repository.Root, path))));

    [Fact]
    public void It_takes_every_spec_of_the_docs()
    {
        var specs = Page.All.SelectMany(page => page.Blocks).Where(block => block is { Language: "jsonc", Excuse: null } && block.Text.Contains("\"layers\"", StringComparison.Ordinal)).ToArray();

        Assert.True(specs.Length > 10, $"{specs.Length} specs");
        Assert.All(specs, spec => Assert.True(Schema.Accepts(spec.Text), $"{spec.Page.Path}:{spec.Line}"));
    }

    /// <summary>In a block, where a text can be an expression.</summary>
    [Theory, MemberData(nameof(Keywords))]
    public void Of_a_layer_it_says_what_the_build_says(string keyword)
    {
        var entry = LayerCatalogue.Find(keyword)!;
        var layer = JsonNode.Parse(LayerJson.Example(entry))!;
        var example = layer as JsonObject ?? new JsonObject { [keyword] = new JsonObject() };
        AssertAgreed(
            example,
            entry.Settings.Select(parameter => (parameter == entry.Main ? keyword : parameter.Name, parameter)),
            changed => $$"""{ "input": {{LayerInput.Json(entry.ExampleInput)}}, "blocks": { "Cell": { "layers": [{{changed}}] } }, "layers": ["Cell"] }""");
    }

    [Theory, MemberData(nameof(Keywords))]
    public void Of_a_layers_word_alone_it_says_what_the_build_says(string keyword) =>
        AssertAgreed($$"""{ "input": {{LayerInput.Json(LayerCatalogue.Find(keyword)!.ExampleInput)}}, "layers": ["{{keyword}}"] }""");

    [Fact]
    public void Of_training_it_says_what_the_build_says()
    {
        // How many weights there are, follows from the network.
        foreach (var setting in TrainingSetting.All.Where(setting => setting.Parameter.Name != "class_weights"))
        {
            var training = new JsonObject { ["loss"] = "cross_entropy", ["optimizer"] = "sgd" };
            // Of the kinds that take it, the first, with what that needs.
            if (setting.Takers.Count > 0)
            {
                var (kind, _) = setting.Takers[0];
                training[TrainingParameters.Choices.Single(choice => choice.Kinds.Contains(kind)).Choice.Name] = kind.Keyword;
                foreach (var required in kind.Parameters.Where(parameter => parameter.IsRequired))
                    training[required.Name] = JsonNode.Parse(LayerJson.Of(required.Example));
            }

            AssertAgreed(training, [(setting.Parameter.Name, setting.Parameter)], changed => WithTraining(changed, """{ "image_folder": {} }"""));
        }
    }

    [Fact]
    public void Of_data_it_says_what_the_build_says()
    {
        foreach (var source in DataSources.All)
        {
            var example = source.Keyword == "csv" ? new JsonObject { ["label"] = "species" } : [];
            AssertAgreed(example, source.Parameters.Select(parameter => (parameter.Name, parameter)), changed => WithTraining("""{ "loss": "cross_entropy", "optimizer": "sgd" }""", $$"""{ "{{source.Keyword}}": {{changed}} }"""));
        }
    }

    [Fact]
    public void Of_the_other_sections_it_says_what_the_build_says()
    {
        foreach (var (name, settings) in new[] { ("budget", Budget.Settings), ("compile", CompilationPlan.Settings) })
            AssertAgreed([], settings.Select(parameter => (parameter.Name, parameter)), changed => $$"""{ "input": [4], "layers": ["relu"], "{{name}}": {{changed}} }""");
        AssertAgreed(new() { ["shape"] = new JsonArray(4) }, NetworkInputs.Settings.Select(parameter => (parameter.Name, parameter)), changed => $$"""{ "input": {{changed}}, "layers": ["relu"] }""");
        AssertAgreed([], NetworkInputs.Settings.Select(parameter => (parameter.Name, parameter)), changed => $$"""{ "inputs": { "a": [4], "b": {{changed}} }, "layers": ["relu"] }""");
    }

    [Fact]
    public void Of_a_blocks_use_it_says_what_the_build_says() => AssertAgreed(
        new() { ["Cell"] = 4, ["repeat"] = 2, ["name"] = "all" },
        BlockUse.Common.Select(parameter => (parameter.Name, parameter)).Append(("Cell", (Parameter)new AnyParameter("a", null))),
        changed => $$"""{ "input": [4], "blocks": { "Cell": { "parameters": [{ "a": 1 }], "layers": ["relu"] }, "Cells": { "layers": [{{changed}}] } }, "layers": ["Cells"] }""",
        // A setting that there is not may be a parameter of the block's.
        isClosed: false);

    [Theory]
    [InlineData("""{ "input": [4], "layers": ["relu"] } """)]
    [InlineData("""{ "input": [4], "layers": [] }""")]
    [InlineData("""{ "input": [4] }""")]
    [InlineData("""{ "layers": ["relu"] }""")]
    [InlineData("""{ "input": [4], "inputs": { "a": [4] }, "layers": ["relu"] }""")]
    [InlineData("""{ "input": [4], "layers": ["relu"], "nonsense": 1 }""")]
    // Names of classes, in any script.
    [InlineData("""{ "name": "Größe", "namespace": "Größen.Net", "input": [4], "layers": ["relu"] }""")]
    [InlineData("""{ "name": "_1", "namespace": "", "input": [4], "layers": ["relu"] }""")]
    [InlineData("""{ "name": "1a", "input": [4], "layers": ["relu"] }""")]
    [InlineData("""{ "name": "a-b", "input": [4], "layers": ["relu"] }""")]
    [InlineData("""{ "name": "", "input": [4], "layers": ["relu"] }""")]
    [InlineData("""{ "name": null, "input": [4], "layers": ["relu"] }""")]
    [InlineData("""{ "name": "A.B", "input": [4], "layers": ["relu"] }""")]
    [InlineData("""{ "namespace": "A..B", "input": [4], "layers": ["relu"] }""")]
    [InlineData("""{ "namespace": 1, "input": [4], "layers": ["relu"] }""")]
    // Inputs and outputs.
    [InlineData("""{ "input": 4, "layers": ["relu"] }""")]
    [InlineData("""{ "input": [], "layers": ["relu"] }""")]
    [InlineData("""{ "input": [0], "layers": ["relu"] }""")]
    [InlineData("""{ "input": [1, 1, 1, 1, 1, 1, 1, 1, 1], "layers": ["relu"] }""")]
    [InlineData("""{ "inputs": {}, "layers": ["relu"] }""")]
    [InlineData("""{ "inputs": [[4]], "layers": ["relu"] }""")]
    [InlineData("""{ "inputs": { "a b": [4] }, "layers": ["relu"] }""")]
    [InlineData("""{ "inputs": { "a": [4], "b": [4], "c": [4], "d": [4], "e": [4], "f": [4] }, "layers": ["relu"] }""")]
    [InlineData("""{ "inputs": { "a": [4], "b": [4], "c": [4], "d": [4], "e": [4], "f": [4], "g": [4] }, "layers": ["relu"] }""")]
    [InlineData("""{ "input": [4], "layers": ["relu"], "outputs": "relu1" }""")]
    [InlineData("""{ "input": [4], "layers": ["relu"], "outputs": [] }""")]
    [InlineData("""{ "input": [4], "layers": ["relu"], "outputs": ["relu1", "relu1"] }""")]
    [InlineData("""{ "input": [4], "layers": ["relu"], "outputs": [1] }""")]
    // Sections.
    [InlineData("""{ "input": [4], "layers": ["relu"], "training": null }""")]
    [InlineData("""{ "input": [4], "layers": ["relu"], "budget": [] }""")]
    [InlineData("""{ "input": [4], "layers": ["relu"], "data": {} }""")]
    [InlineData("""{ "input": [4], "layers": ["relu"], "data": { "image_folder": [] } }""")]
    [InlineData("""{ "input": [4], "layers": ["relu"], "data": { "image_folder": {}, "csv": {} } }""")]
    [InlineData("""{ "input": [4], "layers": ["relu"], "data": { "nonsense": {} } }""")]
    // Layers.
    [InlineData("""{ "input": [4], "layers": "relu" }""")]
    [InlineData("""{ "input": [4], "layers": [null] }""")]
    [InlineData("""{ "input": [4], "layers": [{}] }""")]
    [InlineData("""{ "input": [4], "layers": [["relu"]] }""")]
    [InlineData("""{ "input": [4], "layers": ["nonsense"] }""")]
    [InlineData("""{ "input": [4], "layers": [{ "nonsense": 1 }] }""")]
    [InlineData("""{ "input": [4], "layers": [{ "relu": {} }] }""")]
    [InlineData("""{ "input": [4], "layers": [{ "relu": true }] }""")]
    [InlineData("""{ "input": [4], "layers": [{ "relu": {}, "nonsense": 1 }] }""")]
    [InlineData("""{ "input": [4, 4], "layers": [{ "flatten": {}, "end_dim": 2 }] }""")]
    [InlineData("""{ "input": [4], "layers": [{ "linear": {} }] }""")]
    [InlineData("""{ "input": [4], "layers": [{ "linear": {}, "out_features": 10 }] }""")]
    [InlineData("""{ "input": [4], "layers": [{ "dropout": {}, "p": 0.5 }] }""")]
    // A whole number, whatever it looks like.
    [InlineData("""{ "input": [4.0], "layers": [{ "linear": 1.6e1 }] }""")]
    [InlineData("""{ "input": [4.5], "layers": ["relu"] }""")]
    [InlineData("""{ "input": [1e30], "layers": ["relu"] }""")]
    [InlineData("""{ "input": [4], "layers": [{ "branches": [["relu"], []], "merge": "add" }] }""")]
    [InlineData("""{ "input": [4], "layers": [{ "custom": "Demo.Net.Swish" }] }""")]
    [InlineData("""{ "input": [4], "layers": [{ "custom": "Demo.Swish<int>" }] }""")]
    [InlineData("""{ "input": [4], "layers": [{ "custom": "Demo..Swish" }] }""")]
    // Blocks.
    [InlineData("""{ "input": [4], "blocks": [], "layers": ["relu"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"] } }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": [] } }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": {} }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": ["relu"] }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "cell": { "layers": ["relu"] } }, "layers": ["cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Größe": { "layers": ["relu"] } }, "layers": ["Größe"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Äußeres": { "layers": ["relu"] } }, "layers": [{ "Äußeres": {}, "name": "cell" }] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"], "nonsense": 1 } }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"], "numbered": 1 } }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"], "inputs": [] } }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"], "inputs": ["a", "a"] } }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"], "inputs": "a" } }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"], "parameters": ["a", { "b": 1 }, { "c": [1, 2] }, { "d": "a * 2" }] } }, "layers": [{ "Cell": 1 }] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"], "parameters": ["a b"] } }, "layers": [{ "Cell": 1 }] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"], "parameters": [{ "a": 1, "b": 1 }] } }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"], "parameters": [{ "a": null }] } }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"], "parameters": [{ "a": {} }] } }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"], "parameters": [{ "a b": 1 }] } }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"], "parameters": "a" } }, "layers": [{ "Cell": 1 }] }""")]
    public void Of_the_whole_it_says_what_the_build_says(string spec) => AssertAgreed(spec);

    private static string WithTraining(string training, string data) =>
        $$"""{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 100 }], "training": {{training}}, "data": {{data}} }""";

    /// <summary>Tries each property of an object with every value, and one that there is not.</summary>
    private static void AssertAgreed(JsonObject example, IEnumerable<(string Key, Parameter Parameter)> properties, Func<string, string> spec, bool isClosed = true)
    {
        AssertAgreed(spec(example.ToJsonString()));
        if (isClosed)
            AssertAgreed(spec(With("no_such_setting", "1")));
        var disagreements = properties.SelectMany(property => Values(property.Parameter).Select(value => spec(With(property.Key, value))).Select(Disagreement)).OfType<string>().ToArray();
        Assert.True(disagreements.Length == 0, string.Join('\n', disagreements));

        string With(string key, string value)
        {
            var changed = (JsonObject)example.DeepClone();
            changed[key] = JsonNode.Parse(value);
            return changed.ToJsonString();
        }
    }

    private static void AssertAgreed(string spec) => Assert.True(Disagreement(spec) is null, Disagreement(spec));

    private static IEnumerable<string> Values(Parameter parameter)
    {
        string[] ofEveryKind =
        [
            "null", "true", "-1", "0", "1", "2", "2.0", "1e1", "0.5", "1e300", "\"\"", "\"nonsense\"", "\"a b\"", "\"a.b\"", "\"c{1}\"", "\";\"", "{}", """{ "a": 1 }""",
            "[]", "[1]", "[2, 2]", "[2, 2, 2]", "[0.5]", "[true]", "[null]", "[[]]", "[[], []]", """["relu"]""", """["relu", "relu"]""",
        ];
        var ends = parameter is { Range: { } range, Type: not ParameterType.Texts } ? [range.Min, range.Max, range.Min - 1, range.Max + 1] : Array.Empty<double>();
        return
        [
            .. ofEveryKind,
            .. parameter.Choices.Select(choice => $"\"{choice}\""),
            .. ends.Where(end => Math.Abs(end) < 4e3).Select(end => end.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            LayerJson.Of(parameter.Example),
        ];
    }

    /// <summary>Null where both take it, or both refuse it.</summary>
    private static string? Disagreement(string spec)
    {
        var reading = JsonSpecReader.Read("Net.model.json", spec, "Demo");
        var findings = reading.Findings.Concat(reading.Spec is { } read ? ModelChecker.CheckUntried(read).Findings : []).ToArray();
        var refusal = findings.FirstOrDefault(finding => Form.Contains(finding.Rule));
        // Which words an expression can have, the schema can't know.
        if (refusal is null && findings.Any(finding => finding.Rule == Rules.WrongExpression))
            return null;
        return Schema.Accepts(spec) == (refusal is null) ? null : $"{(refusal is null ? "The schema alone refuses" : "The schema takes")} {spec}{(refusal is null ? "" : $"\n    {refusal.Message}")}";
    }
}

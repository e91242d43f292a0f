using System.Diagnostics;
using ModelGen.Specs.Json;

namespace ModelGen.Tests.Specs;

/// <summary>
/// A file that is no JSON: each mistake is one error at its own token, between ⟦ and ⟧ here, and all else in the file is read and checked.
/// </summary>
public sealed class JsonSyntaxTests
{
    private const string NotAValue = "is not a JSON value; a text stands in double quotes.";
    private const string NoClosingQuote = "MG1001: This text has no closing quote.";
    private const string WrongEscape = "MG1001: A backslash stands before one of \" \\ / b f n r t, or u and four hexadecimal digits.";
    private const string Control = "MG1001: A control character must be written as \\u00XX.";

    public static TheoryData<string, string> OneMistake { get; } = new()
    {
        // Half of a property of a block.
        { """{ "blocks": { "Cell": { "la"⟦}⟧ }, "input": [4], "layers": ["relu"] }""", "MG1001: '}' stands where ':' behind the property's name should be." },

        // Commas.
        { """{ "input": [4] ⟦"⟧layers": ["relu"] }""", "MG1001: '\"' stands where ',' or '}' should be." },
        { """{ "input": [4 ⟦28⟧], "layers": ["relu"] }""", "MG1001: '28' stands where ',' or ']' should be." },
        { """{ "input": [4], "layers": ["relu" ⟦"⟧tanh"] }""", "MG1001: '\"' stands where ',' or ']' should be." },
        { """{ "input": [4], "layers": [{ "linear": 3 } ⟦{⟧ "gelu": {} }] }""", "MG1001: '{' stands where ',' or ']' should be." },
        { """{ "input": [4], "layers": ["relu",⟦,⟧ "tanh"] }""", "MG1001: ',' stands where a value should be." },
        { """{ "input": [4], "layers": ["relu",⟦,⟧, , "tanh"] }""", "MG1001: ',' stands where a value should be." },
        { """{ "input": [4], "layers": [⟦,⟧ "relu"] }""", "MG1001: ',' stands where a value should be." },
        { """{ "input": [4],⟦,⟧ "layers": ["relu"] }""", "MG1001: ',' stands where a property name in double quotes should be." },
        { """{ ⟦,⟧ "input": [4], "layers": ["relu"] }""", "MG1001: ',' stands where a property name in double quotes should be." },
        { """{ "input": [3,⟦,⟧ 8], "layers": [{ "conv2d": 4, "kernel_size": 3 }] }""", "MG1001: ',' stands where a value should be." },
        { """{ "name": ⟦,⟧ "Net", "input": [4], "layers": ["relu"] }""", "MG1001: ',' stands where a value should be." },
        { """{ "input": [4], "layers": [{ "linear": 3, "bias"⟦,⟧: true }] }""", "MG1001: ',' stands where ':' behind the property's name should be." },
        { """{ "input": [4]⟦;⟧ "layers": ["relu"] }""", "MG1001: ';' stands where ',' or '}' should be." },

        // Colons.
        { """{ "input" ⟦[⟧4], "layers": ["relu"] }""", "MG1001: '[' stands where ':' behind the property's name should be." },
        { """{ "input" ⟦=⟧ [4], "layers": ["relu"] }""", "MG1001: '=' stands where ':' behind the property's name should be." },
        { """{ "input":⟦:⟧ [4], "layers": ["relu"] }""", "MG1001: ':' stands where a value should be." },
        { """{ "input": [4], "layers": [{ "linear" ⟦10⟧ }] }""", "MG1001: '10' stands where ':' behind the property's name should be." },
        { """{ "input": [4], "layers": [{ "linear" ⟦}⟧] }""", "MG1001: '}' stands where ':' behind the property's name should be." },
        { """{ "input": [4], "layers": [{ "linear": 3, "bias"⟦,⟧ "name": "x" }] }""", "MG1001: ',' stands where ':' behind the property's name should be." },
        { """{ ⟦:⟧ 1, "input": [4], "layers": ["relu"] }""", "MG1001: ':' stands where a property name in double quotes should be." },

        // Values that are not there.
        { """{ "input": [4], "layers": [{ "linear": ⟦}⟧] }""", "MG1001: '}' stands where a value should be." },
        { """{ "input": ⟦,⟧ "layers": [{ "linear": 10 }] }""", "MG1001: ',' stands where a value should be." },
        { """{ "name": ⟦,⟧ "input": [4], "layers": [{ "linear": 10 }] }""", "MG1001: ',' stands where a value should be." },
        { """{ "input": [4], "layers": ⟦}⟧""", "MG1001: '}' stands where a value should be." },
        { """{ "input": [3, 8, 8], "layers": [{ "conv2d": ⟦,⟧ "padding": 2 }] }""", "MG1001: ',' stands where a value should be." },
        { """{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": "padding"⟦:⟧ 2 }] }""", "MG1001: ':' stands where ',' or '}' should be." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": ⟦,⟧ "optimizer": "sgd" }, "data": { "image_folder": {} } }""", "MG1001: ',' stands where a value should be." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": ⟦,⟧ "data": { "image_folder": {} } }""", "MG1001: ',' stands where a value should be." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd" }, "data": { "image_folder": ⟦}⟧ }""", "MG1001: '}' stands where a value should be." },

        // Texts without their quotes.
        { """{ "input": [4], "layers": [⟦relu⟧] }""", $"MG1001: 'relu' {NotAValue}" },
        { """{ "input": [4], "layers": [⟦True⟧] }""", $"MG1001: 'True' {NotAValue}" },
        { """{ "input": [4], "layers": [⟦relu"⟧, "tanh"] }""", $"MG1001: 'relu' {NotAValue}" },
        { """{ "name": ⟦my first net⟧, "input": [4], "layers": ["relu"] }""", $"MG1001: 'my first net' {NotAValue}" },
        { """{ ⟦input⟧: [4], "layers": ["relu"] }""", "MG1001: 'input' stands where a property name in double quotes should be." },
        { """{ ⟦input⟧": [4], "layers": ["relu"] }""", "MG1001: 'input' stands where a property name in double quotes should be." },
        { """{ "input": [4], "layers": [{ ⟦linear⟧: 3 }] }""", "MG1001: 'linear' stands where a property name in double quotes should be." },
        { """{ "input": {⟦3⟧, 8, 8}, "layers": ["relu"] }""", "MG1001: '3' stands where a property name in double quotes should be." },
        { """{ "input": [4], "layers": [⟦'relu'⟧] }""", "MG1001: A text stands in double quotes, not in single ones." },
        { """{ ⟦'input'⟧: [4], "layers": ["relu"] }""", "MG1001: A text stands in double quotes, not in single ones." },

        // Texts without one of their quotes.
        { """{ "input": [4], "layers": [⟦"relu⟧] }""", NoClosingQuote },
        { """{ "input": [4], "layers": [⟦"relu⟧, "tanh"] }""", NoClosingQuote },
        { """{ "input": [4], "layers": [⟦"relu⟧, { "linear": 10 }] }""", NoClosingQuote },
        { """{ "input": [4], "layers": [{ ⟦"linear⟧: 10 }] }""", NoClosingQuote },
        { """{ ⟦"input⟧: [4], "layers": ["relu"] }""", NoClosingQuote },
        { """{ "name": ⟦"Mine⟧, "input": [4], "layers": ["relu"] }""", NoClosingQuote },
        { "{ \"name\": ⟦\"Mine⟧\n\"input\": [4], \"layers\": [\"relu\"] }", NoClosingQuote },
        { "{ \"name\": ⟦\"Mine⟧,\n\"input\": [4], \"layers\": [\"relu\"] }", NoClosingQuote },
        { "{ \"$schema\": ⟦\"one, two and three,⟧\n\"input\": [4], \"layers\": [\"relu\"] }", NoClosingQuote },
        { "{ \"input\": [4], \"layers\": [\"relu\",\n⟦\"tanh⟧] // the last\n}", NoClosingQuote },
        { "{ ⟦\"input and layers⟧\n}", NoClosingQuote },
        { "{ \"input\": [4], \"layers\": [\"relu\"], \"name\": ⟦\"a, b }⟧", NoClosingQuote },
        { "{ \"input\": [4], \"layers\": [⟦'relu⟧] }", NoClosingQuote },

        { """{ "input": [4], "layers": ["relu"⟦"⟧, "tanh"] }""", "MG1001: This quote is one too many." },
        { """{ "input": [4], "layers": [⟦"⟧"relu", "tanh"] }""", "MG1001: This quote is one too many." },
        { """{ "name"⟦"⟧: "Net", "input": [4], "layers": ["relu"] }""", "MG1001: This quote is one too many." },
        { "{ \"input\": [3, 8, 8]⟦\"⟧,\n\"layers\": [{ \"conv2d\": 4, \"kernel_size\": 3 }] }", "MG1001: '\"' stands where ',' or '}' should be." },
        { "{ \"input\": ⟦\"[3, 8, 8],⟧\n\"layers\": [{ \"conv2d\": 4, \"kernel_size\": 3 }] }", NoClosingQuote },

        // What stands in a text.
        { """{ "input": [4], "layers": ["relu"], "name": "a⟦\q⟧b" }""", WrongEscape },
        { """{ "input": [4], "layers": ["relu"], "name": "⟦\u⟧00g0" }""", WrongEscape },
        { """{ "input": [4], "layers": ["relu"], "na⟦\m⟧e": "A" }""", WrongEscape },
        { "{ \"input\": [4], \"layers\": [\"re⟦\t⟧lu\"] }", Control },
        { "{ \"input\": [4], \"layers\": [\"re⟦\0\0\0⟧lu\"] }", Control },

        // Brackets of the wrong kind.
        { """{ "input": [3, 8, 8⟦}⟧, "layers": ["relu"] }""", "MG1001: '}' stands where ',' or ']' should be." },
        { """{ "input": [3, 8, 8], "layers": [{ "max_pool2d": [2, 2⟦}⟧, "stride": 2 }] }""", "MG1001: '}' stands where ',' or ']' should be." },
        { """{ "input": [3, 8, 8], "layers": [{ "max_pool2d": 2 ⟦]⟧, "relu"] }""", "MG1001: ']' stands where ',' or '}' should be." },
        { """{ "input": [4], "layers": ["relu" ⟦}⟧ }""", "MG1001: '}' stands where ',' or ']' should be." },
        { """{ "input": [4], "layers": ["relu"] ⟦]⟧""", "MG1001: ']' stands where ',' or '}' should be." },

        // Brackets that are missing.
        { """{ "input": [3, 8, 8], "layers": [{ "max_pool2d": [2, 2 ⟦}⟧, "relu"] }""", "MG1001: '}' stands where ',' or ']' should be." },
        { """{ "input": [4], "layers": [{ "linear": 10 ⟦]⟧, "name": "A" }""", "MG1001: ']' stands where ',' or '}' should be." },
        { """{ "input": [4], "layers": [{ "linear": 10, ⟦{⟧ "gelu": {} }, "relu"] }""", "MG1001: '{' stands where a property name in double quotes should be." },
        { """{ "input": [4], "layers": [{ "linear": 10, "relu"⟦,⟧ "tanh", { "linear": 5 }] }""", "MG1001: ',' stands where ':' behind the property's name should be." },
        { """{ "input": [4], "layers": [{ "linear": 10, "relu"⟦]⟧, "name": "A" }""", "MG1001: ']' stands where ':' behind the property's name should be." },
        { """{ "input": [3, 8, 8, "layers"⟦:⟧ ["relu"], "name": "A" }""", "MG1001: ':' stands where ',' or ']' should be." },
        { """{ "input": [3, 8, 8], "layers": [{ "max_pool2d": [2, 2, "stride"⟦:⟧ 2 }, "relu"], "name": "A" }""", "MG1001: ':' stands where ',' or ']' should be." },
        { """{ "input": 3, ⟦8⟧, 8], "layers": ["relu"] }""", "MG1001: '8' stands where a property name in double quotes should be." },
        { """{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 5, ⟦5⟧], "padding": 2 }, "relu"] }""", "MG1001: '5' stands where a property name in double quotes should be." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": "loss"⟦:⟧ "cross_entropy", "optimizer": "sgd" }, "data": { "image_folder": {} } }""", "MG1001: ':' stands where ',' or '}' should be." },
        { """{ "input": [4], "layers": ["relu"⟦⟧""", "MG1001: The file ends where ']' should be." },
        { """{ "input": [4], "layers": ["relu"]⟦⟧""", "MG1001: The file ends where '}' should be." },
        { """{ "input": [3, 8, 8], "layers": ["relu", { "conv2d": 4,⟦⟧""", "MG1001: The file ends where '}' should be." },
        { """{ "input": [3, 8⟦⟧""", "MG1001: The file ends where ']' should be." },
        { """{ "input": [1, 8, 8], "layers": ["flatten"], "data": {⟦⟧""", "MG1001: The file ends where '}' should be." },
        { """{ "input": [1, 8, 8], "data": { "image_folder": {} }, "training": { "loss": "nll", "optimizer": "sgd" }, "layers": ["flatten",⟦⟧""", "MG1001: The file ends where ']' should be." },

        // Brackets that are too many.
        { """{ "input": [4], "layers": [{ "linear": 10 }⟦}⟧, "relu"] }""", "MG1001: '}' stands where ',' or ']' should be." },
        { """{ "input": [4]⟦]⟧, "layers": ["relu"] }""", "MG1001: ']' stands where ',' or '}' should be." },
        { """{ "input": [3, 8, 8], "layers": [{ "conv2d": 16 }, "kernel_size"⟦:⟧ 5 }, "relu"] }""", "MG1001: ':' stands where ',' or ']' should be." },
        { """{ "input": [4], "layers": ["relu", "linear"⟦:⟧ 10, "tanh"] }""", "MG1001: ':' stands where ',' or ']' should be." },
        { """{ "input": [4], "layers": { "relu"⟦,⟧ { "linear": 10 }, "tanh" } }""", "MG1001: ',' stands where ':' behind the property's name should be." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": [ "loss"⟦:⟧ "cross_entropy", "optimizer": "sgd" ], "data": { "image_folder": {} } }""", "MG1001: ':' stands where ',' or ']' should be." },
        { """{ "input": [4], "layers": ["relu"] } ⟦}⟧""", "MG1001: '}' stands where the end of the file should be." },
        { """{ "input": [4], "layers": ["relu"] }⟦,⟧ "name": "A" }""", "MG1001: ',' stands where the end of the file should be." },
        { """{ "input": [4], "layers": ["relu"] } ⟦oops⟧ {}""", "MG1001: 'oops' stands where the end of the file should be." },

        // Numbers.
        { """{ "input": [⟦01⟧], "layers": ["relu"] }""", "MG1001: '01' is not a number." },
        { """{ "input": [⟦+4⟧], "layers": ["relu"] }""", "MG1001: '+4' is not a number." },
        { """{ "input": [4], "layers": [{ "dropout": ⟦.5⟧ }] }""", "MG1001: '.5' is not a number." },
        { """{ "input": [⟦28x28⟧], "layers": ["relu"] }""", "MG1001: '28x28' is not a number." },
        { """{ "input": [4], "layers": [{ "leaky_relu": ⟦1e400⟧ }] }""", "MG1001: '1e400' is beyond the largest double." },
        { """{ "input": [4], "layers": [{ "leaky_relu": ⟦-1e400⟧ }] }""", "MG1001: '-1e400' is beyond the largest double." },
        { """{ "input": [4], "layers": [{ "linear": ⟦9223372036854775808⟧ }] }""", "MG1015: 'out_features' of linear is 9.223372036854776E+18, but takes a whole number of at least 1, at most 2147483647." },

        // Comments.
        { """{ "input": [4], ⟦/*⟧ "layers": ["relu"] }""", "MG1001: This comment has no closing */." },
        { "{ \"input\": [4], ⟦# the input⟧\n\"layers\": [\"relu\"] }", "MG1001: '# the input' stands where a property name in double quotes should be." },

        // Characters that are nowhere in JSON.
        { "{ \"input\": [4], \"layers\": [⟦\0\0\0\0⟧] }", "MG1001: U+0000 stands where a value should be." },
        { "{ \"input\": [4],⟦\u00a0⟧\"layers\": [\"relu\"] }", "MG1001: U+00A0 stands where a property name in double quotes should be." },
        { "{ \"input\": [4], \"layers\": [⟦😀⟧] }", "MG1001: '😀' stands where a value should be." },
        { "⟦\0\0\0⟧", "MG1001: U+0000 stands where a value should be." },

        // Files that hold no object.
        { "⟦⟧", "MG1001: The file ends where a value should be." },
        { " \n\t\r\n⟦⟧", "MG1001: The file ends where a value should be." },
        { "\uFEFF⟦⟧", "MG1001: The file ends where a value should be." },
        { "⟦[]⟧", "MG1001: A spec is an object: { \"name\": …, \"input\": …, \"layers\": … }." },
        { "⟦This is no JSON⟧, as everyone can see.", $"MG1001: 'This is no JSON' {NotAValue}" },
        { "⟦,⟧", "MG1001: ',' stands where a value should be." },
        { "⟦]⟧", "MG1001: ']' stands where a value should be." },
    };

    [Theory, MemberData(nameof(OneMistake))]
    public void One_mistake_is_one_error(string marked, string message) => AssertMistakes(marked, message);

    [Fact]
    public void A_character_left_out_is_one_error_at_most()
    {
        const string Spec = """
            {
              "name": "ConvNet",
              "input": [3, 28, 28],
              "layers": [
                { "conv2d": 16, "kernel_size": [5, 5], "padding": 2 }, "batch_norm2d",
                "relu",
                { "max_pool2d": 2, "name": "down" },
                "flatten", { "linear": 10, "bias": false }, "log_softmax"
              ],
              "training": { "loss": "nll", "optimizer": "sgd", "batch_size": 32 },
              "data": { "image_folder": {} }
            }
            """;

        var worse = Enumerable.Range(0, Spec.Length).Where(i => "{}[],:\"".Contains(Spec[i], StringComparison.Ordinal))
            .Where(i => Compiled.From(("ConvNet.model.json", Spec.Remove(i, 1))).Report().Count > 1);

        // Only the reader of the sections could tell that training does not hold the data.
        Assert.Equal([Spec.IndexOf("},\n  \"data\"", StringComparison.Ordinal)], worse);
    }

    [Fact]
    public void What_is_half_typed_is_one_error_that_names_nothing_empty()
    {
        const string Spec = """
            {
              "blocks": {
                "Cell": { "parameters": ["channels", { "stride": 1 }], "layers": [{ "conv2d": "channels", "kernel_size": 3, "stride": "stride" }, "relu"] }
              },
              "input": [3, 28, 28],
              "layers": [{ "Cell": 16 }, { "Cell": 32, "stride": 2 }, "flatten", { "linear": 10 }]
            }
            """;

        var reports = Enumerable.Range(1, Spec.Length - 2).Select(length => Compiled.From(("Net.model.json", Spec[..length])).Report()).ToList();

        Assert.DoesNotContain(reports.SelectMany(lines => lines), line => line.Contains("''", StringComparison.Ordinal));
    }

    [Fact]
    public void Mistakes_of_different_kinds_are_all_reported() => AssertMistakes(
        """
        {
          ⟦name⟧: "Net",
          "input": [3 ⟦28⟧, 28],
          "layers": [
            { "conv2d": 16, "kernel_size": ⟦05⟧ },
            ⟦'batch_norm2d'⟧, ⟦"relu⟧,
            { "max_pool2d" ⟦2⟧ },
            { "linear": 10⟦]⟧,
            ⟦,⟧ "log⟦\_⟧softmax"
          ],
          "training": { "loss": ⟦nll⟧, "optimizer": "sgd" }
          ⟦"⟧data": { "image_folder": {} }
        } ⟦.⟧
        """,
        "MG1001: 'name' stands where a property name in double quotes should be.",
        "MG1001: '28' stands where ',' or ']' should be.",
        "MG1001: '05' is not a number.",
        "MG1001: A text stands in double quotes, not in single ones.",
        NoClosingQuote,
        "MG1001: '2' stands where ':' behind the property's name should be.",
        "MG1001: ']' stands where ',' or '}' should be.",
        "MG1001: ',' stands where a value should be.",
        WrongEscape,
        $"MG1001: 'nll' {NotAValue}",
        "MG1001: '\"' stands where ',' or '}' should be.",
        "MG1001: '.' stands where the end of the file should be.");

    [Fact]
    public void What_can_be_read_beside_a_mistake_is_checked() => AssertMistakes(
        """
        {
          "input": [3, 8, 8],
          "layers": [
            { "conv2d": 4, "kernel_size": 3, "groups": ⟦2⟧ },⟦,⟧
            { "max_pool2d": ⟦0⟧, },
            { "linear": ⟦ten⟧ },
            ⟦"reluu"⟧
          ],
          ⟦"trainning"⟧: {}
        }
        """,
        "MG2004: Layer 'conv1' (conv2d) receives the input [N, 3, 8, 8], and groups 2 does not divide the 3 input channels, 3 = 1 * 2 + 1. Remove groups.",
        "MG1001: ',' stands where a value should be.",
        "MG1015: 'kernel_size' of max_pool2d is 0, but takes a whole number of at least 1, or two of them as [height, width].",
        $"MG1001: 'ten' {NotAValue}",
        "MG1002: There is no layer 'reluu'; did you mean 'relu'?",
        "MG1003: The spec has no property 'trainning'; did you mean 'training'?");

    [Fact]
    public void The_outline_has_the_layers_that_can_be_read()
    {
        var compiled = Compiled.From(("Net.model.json", """
            {
              "input": [3, 8, 8],
              "layers": [
                { "conv2d": 4, "kernel_size": }, relu, "relu, { "conv2d": },
                { "linear": 1O, "name": "head" }, %%, "flatten"
              ]
            """));

        Assert.Equal(
            ["Conv1", "Relu1", "Relu2", "Conv2", "Head", "Flatten1"],
            compiled.Output.GetTypeByMetadataName("Demo.Net")!.GetMembers().OfType<Microsoft.CodeAnalysis.IPropertySymbol>()
                .Where(property => property.Type.ContainingNamespace.ToString()!.StartsWith("TorchSharp", StringComparison.Ordinal)).Select(property => property.Name));
        Assert.DoesNotContain(compiled.Output.GetDiagnostics(), diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("\"name\": \"Mine,")]
    [InlineData("\"name\": Mine,")]
    [InlineData("\"name\": 'Mine',")]
    [InlineData("name: \"Mine\",")]
    public void A_class_keeps_its_name_where_it_can_be_told(string name) =>
        Assert.NotNull(Compiled.From(("Net.model.json", $"{{ {name}\n\"input\": [4], \"layers\": [\"relu\"] }}")).Output.GetTypeByMetadataName("Demo.Mine"));

    [Fact]
    public void A_byte_order_mark_is_no_mistake() => Compiled.From(("Net.model.json", "\uFEFF{ \"input\": [4], \"layers\": [\"relu\"] }")).AssertClean();

    [Fact]
    public void Half_a_character_is_shown_by_its_number() =>
        AssertMistakes("{ \"input\": [4], \"layers\": [⟦\ud800⟧ \"relu\"] }", "MG1001: U+D800 stands where a value should be.");

    [Fact]
    public void Zero_characters_are_no_digits() =>
        AssertMistakes("{ \"input\": [4], \"layers\": [\"relu\"], \"name\": \"⟦\\u⟧12⟦\0\0⟧\" }", WrongEscape, Control);

    [Fact]
    public void Half_a_character_in_a_name_is_a_wrong_name() => Assert.All(
        ["\\uD800", "\ud800", "a\udc00b"],
        half =>
        {
            Assert.Contains("MG1007", Assert.Single(Compiled.From(("Net.model.json", $$"""{ "name": "{{half}}", "input": [4], "layers": ["relu"] }""")).Report()), StringComparison.Ordinal);
            Assert.Contains("MG1007", Assert.Single(Compiled.From(("Net.model.json", $$"""{ "input": [4], "layers": [{ "relu": {}, "name": "{{half}}" }] }""")).Report()), StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("[", 33)]
    [InlineData("[", 1_000)]
    [InlineData("[", 1_000_000)]
    [InlineData("{\"a\":", 1_000)]
    [InlineData("{\"input\": [4], \"layers\": [", 1_000)]
    public void Brackets_nested_too_deep_are_one_error(string bracket, int count)
    {
        var text = string.Concat(Enumerable.Repeat(bracket, count));

        Assert.Equal("MG1010: The spec has 33 levels of brackets, more than the 32 levels that ModelGen reads.", Assert.Single(Compiled.From(("Net.model.json", text)).Report()).Split("error ")[1]);
        Assert.Empty(JsonReader.Read(text).Mistakes);
        Assert.InRange(JsonReader.Read(text).TooDeep!.Value.Start, 32, text.Length);
    }

    [Fact]
    public void Brackets_nested_as_deep_as_can_be_read_are_no_mistake()
    {
        var reading = JsonReader.Read(new string('[', JsonReader.MaxDepth) + "4" + new string(']', JsonReader.MaxDepth));

        Assert.Empty(reading.Mistakes);
        Assert.Null(reading.TooDeep);
        Assert.True(reading.Root.IsWhole);
    }

    [Fact]
    public void A_text_too_long_to_read_is_one_error() =>
        Assert.Contains("MG1010: The spec has 2,000,000 characters", Assert.Single(Compiled.From(("Net.model.json", new string('[', 2_000_000))).Report()), StringComparison.Ordinal);

    [Fact]
    public void No_more_mistakes_are_reported_than_anyone_reads() =>
        Assert.Equal(20, Compiled.From(("Net.model.json", $"{{ \"layers\": [{string.Join(' ', Enumerable.Repeat("\"relu\"", 5_000))}] }}")).Report().Count);

    [Theory]
    [InlineData("[,")]
    [InlineData("} ,")]
    [InlineData("\"a,\"b")]
    [InlineData("'a,")]
    [InlineData("\"a\n")]
    [InlineData("a b ")]
    [InlineData("a:")]
    [InlineData("/*")]
    [InlineData("\\")]
    [InlineData("\"\\")]
    [InlineData("\0")]
    [InlineData(":/")]
    [InlineData("1,,")]
    [InlineData("{\"a\" \"b\":]")]
    [InlineData("[{\"a\":1,\"b\",")]
    [InlineData("#")]
    [InlineData("           ")]
    public void Reading_takes_time_in_proportion_to_the_text(string piece)
    {
        Assert.All(["[", "{", "[{\"a\":[1 "], before =>
        {
            var watch = Stopwatch.StartNew();
            JsonReader.Read(before + string.Concat(Enumerable.Repeat(piece, (1 << 17) / piece.Length)));

            // It takes less than a second; a reader that goes back for each piece takes a minute.
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        });
    }

    private static void AssertMistakes(string marked, params string[] messages)
    {
        var text = MarkedText.Parse(marked);

        Assert.Equal(text.Places.Zip(messages, (place, message) => $"Net.model.json({place}): error {message}"), Compiled.From(("Net.model.json", text.Text)).Report());
        Assert.Equal(text.Places.Count, messages.Length);
    }
}

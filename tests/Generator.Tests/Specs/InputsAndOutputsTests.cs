namespace ModelGen.Tests.Specs;

/// <summary>Of several inputs or outputs the one that is wrong is marked.</summary>
public sealed class InputsAndOutputsTests
{
    [Theory]
    [InlineData("""{ "input": [4], "layers": [{ "linear": 4 }, "relu"], "outputs": ["fc1", ⟦"relu2"⟧] }""", "MG1017: outputs takes the output of 'relu2', but no layer before it in its list has that name; did you mean 'relu1'?")]
    [InlineData("""{ "input": [4], "layers": [{ "linear": 4 }, "relu"], "outputs": ["fc1", "relu1", ⟦"fc1"⟧] }""", "MG1006: 'fc1' is set twice in outputs: keep one.")]
    [InlineData("""{ "input": [4], "layers": [{ "linear": 4 }, "relu"], "outputs": ["fc1", ⟦2⟧] }""", "MG1004: 'outputs' of the spec is ['fc1', 2], but takes the name of an earlier layer, or a list of such names.")]
    [InlineData("""{ "input": [4], "layers": [{ "linear": 4 }, { "relu": {}, "name": "clone" }], "outputs": ["fc1", ⟦"clone"⟧] }""", "MG1007: The name 'clone' can't be used: the compiler keeps the member 'Clone' of a record, which the outputs are, for itself.")]
    [InlineData("""{ "input": [4], "layers": [{ "linear": 4 }], "outputs": ⟦"fc2"⟧ }""", "MG1017: outputs takes the output of 'fc2', but no layer before it in its list has that name; did you mean 'fc1'?")]
    [InlineData("""{ "inputs": { "a": [4], ⟦"a"⟧: [5] }, "layers": ["relu"] }""", "MG1006: 'a' is set twice in inputs: keep one.")]
    public void In_json(string marked, string message) => DiagnosticTests.AssertOne("Net.model.json", marked, message);

    [Theory]
    [InlineData("Input(4), Linear(4), ReLU, Outputs(\"fc1\", ⟦\"relu2\"⟧)", "MG1017: outputs takes the output of 'relu2', but no layer before it in its list has that name; did you mean 'relu1'?")]
    [InlineData("Input(4), Linear(4), ReLU, Outputs([\"fc1\", ⟦\"relu2\"⟧])", "MG1017: outputs takes the output of 'relu2', but no layer before it in its list has that name; did you mean 'relu1'?")]
    [InlineData("Input(4), Linear(4), ReLU, Outputs(new[] { \"fc1\", ⟦\"fc1\"⟧ })", "MG1006: 'fc1' is set twice in outputs: keep one.")]
    [InlineData("Input(4), ⟦Input(5)⟧, Linear(3)", "MG1006: 'input' is set twice in inputs: keep one.")]
    [InlineData("Input(\"a\", 4), Input(\"b\", 4), ⟦Input(\"a\", 5)⟧, Linear(4), Add(\"b\")", "MG1006: 'a' is set twice in inputs: keep one.")]
    [InlineData("Input(4), ⟦Input(\"b c\", 4)⟧, Linear(4)", "MG1007: The name 'b c' can't be used: a name is a letter and then letters, digits or underscores, at most 100.")]
    [InlineData("Input(4), ⟦Input(\"b\", 0)⟧, Linear(4), Add(\"b\")", "MG1015: 'b' of the model is [0], but takes the sizes of one sample without the batch, one to eight whole numbers of at least 1, such as [3, 28, 28].")]
    [InlineData("⟦Input(0)⟧, Input(\"b\", 4), Linear(4), Add(\"b\")", "MG1015: 'input' of the model is [0], but takes the sizes of one sample without the batch, one to eight whole numbers of at least 1, such as [3, 28, 28].")]
    public void In_attributes(string marked, string message) => DiagnosticTests.AssertOne("Net.cs", $"using ModelGen;\n[Model, {marked}] public partial class Net;", message);
}

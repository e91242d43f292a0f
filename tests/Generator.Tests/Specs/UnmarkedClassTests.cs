namespace ModelGen.Tests.Specs;

/// <summary>A class with layers but without <c>[Model]</c> would compile and have none: that is said, once and at the class.</summary>
public sealed class UnmarkedClassTests
{
    [Theory]
    [InlineData("[Input(4), Linear(4)] public partial class ⟦Net⟧;", "Net")]
    [InlineData("[Linear(4)] public class ⟦Net⟧;", "Net")]
    [InlineData("[Use<Cell>] public class ⟦Net⟧; [Block, ReLU] class Cell;", "Net")]
    [InlineData("public partial class Net; [Training(Loss.Mse, Optimizer.Adam)] partial class ⟦Net⟧; [System.Obsolete] partial class Net;", "Net")]
    // Its use is not wrong once more.
    [InlineData("[Model, Input(4), Linear(4), Use<Cell>, Use<Cell>] public partial class Net; [ReLU] class ⟦Cell⟧;", "Cell")]
    public void It_is_told_what_it_lacks(string marked, string name) => DiagnosticTests.AssertOne(
        "Net.cs",
        "using ModelGen;\n" + marked,
        $"MG1023: The class '{name}' has attributes of a network, but nothing says that it is one: put [Model] before them, or [Block] if other networks use it.");

    [Theory]
    [InlineData("[Block, Linear(4), ReLU] class Cell;")]
    [InlineData("[Modell, Input(4), Linear(4)] class Net;")]
    [InlineData("[Input(4), Linear(4)] partial struct Net;")]
    [InlineData("namespace ModelGen { class OwnAttribute : System.Attribute; [Own] class Net; }")]
    public void A_block_is_right_and_what_the_compiler_refuses_is_its_own(string declaration) =>
        Assert.Empty(Compiled.From(("Net.cs", $"using ModelGen;\n{declaration}")).Report());

    [Fact]
    public void A_network_that_uses_it_is_not_compiled_but_its_class_is_there()
    {
        var files = Compiled.From(("Net.cs", "using ModelGen;\n[Model, Input(4), Use<Cell>] public partial class Net; [ReLU] class Cell;")).Files;

        Assert.Contains("has mistakes", Assert.Single(files).Value, StringComparison.Ordinal);
    }
}

namespace ModelGen.Tests.Specs;

/// <summary>What the class must be that attributes declare a network on.</summary>
public sealed class ClassDiagnosticTests
{
    [Theory]
    [InlineData("public class Net;", "not partial")]
    [InlineData("public static class Net;", "not partial")]
    [InlineData("public static partial class Net;", "static")]
    [InlineData("public abstract partial class Net;", "abstract")]
    [InlineData("public partial class Net<T>;", "generic")]
    [InlineData("file partial class Net;", "local to its file")]
    [InlineData("public partial record Net;", "a record")]
    [InlineData("public partial record struct Net;", "a record struct")]
    [InlineData("public partial struct Net;", "a struct")]
    [InlineData("public struct Net;", "a struct")]
    [InlineData("public partial interface Net;", "an interface")]
    [InlineData("public class Net : System.Exception;", "not partial")]
    public void A_class_that_cannot_be_extended(string declaration, string why) => Assert.EndsWith(
        $"error MG1009: ModelGen can't write the other parts of 'Net', because it is {why}: declare it 'partial class', neither static, abstract nor generic, inside partial types only.",
        Assert.Single(Compiled.From(("Net.cs", $"using ModelGen;\n[Model, Input(4), Linear(3)] {declaration}")).Report()),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("class Outer", "inside 'Outer', which is not partial")]
    [InlineData("partial class Outer<T>", "inside 'Outer', which is generic")]
    [InlineData("file partial class Outer", "local to its file")]
    [InlineData("file partial class Around { internal partial class Outer", "local to its file")]
    public void A_class_inside_a_type_that_cannot_be_extended(string outer, string why) => Assert.Contains(
        $"because it is {why}",
        Assert.Single(Compiled.From(("Net.cs", $"using ModelGen;\n{outer} {{ [Model, Input(4), Linear(3)] internal partial class Net; }}{(outer.Contains('{', StringComparison.Ordinal) ? " }" : "")}")).Report()),
        StringComparison.Ordinal);

    [Fact]
    public void A_base_class_that_does_not_exist_is_the_compilers_to_refuse() => Assert.Empty(
        Compiled.From(("Net.cs", "using ModelGen;\n[Model, Input(4), Linear(3)] internal partial class Net : Foo;")).Report());

    [Fact]
    public void A_class_with_a_second_Model_is_the_compilers_to_refuse()
    {
        var compiled = Compiled.From(("Net.cs", "using ModelGen;\n[Model, Input(4), Linear(3)] internal partial class Net;\n[Model] internal partial class Net;"));

        Assert.Empty(compiled.Report());
        Assert.Equal("CS0579", Assert.Single(compiled.Output.GetDiagnostics()).Id);
    }
}

namespace ModelGen.Tests.Emit;

/// <summary>Whatever a sound spec says, its code compiles with warnings as errors, nullable, and a doc comment on everything public.</summary>
public sealed class EmittedCodeCompilesTests
{
    [Fact]
    public void A_module_alone_brings_no_trainer()
    {
        var compiled = Compiled.From(("Net.model.json", """{ "input": [4], "layers": [{ "linear": 2 }] }""")).AssertClean();

        Assert.Equal(["Demo.Net.Module.g.cs"], compiled.Files.Keys);
    }

    [Fact]
    public void A_network_that_learns_from_a_table_has_rows_and_no_images()
    {
        var files = Compiled.From(("Net.model.json", """
            {
              "input": [4], "layers": [{ "linear": 2 }],
              "training": { "loss": "mse", "optimizer": "adam", "validation_share": 0.2 }, "data": { "csv": { "targets": ["price", "rent"] } }
            }
            """)).AssertClean().Files;

        Assert.Contains("/// <summary>Rows per optimisation step, at least 1.", files["Demo.Net.Options.g.cs"], StringComparison.Ordinal);
        Assert.All(files.Values, text => Assert.DoesNotContain("image", text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Types_of_the_user_with_the_same_names_are_not_in_the_way() => Compiled.From(SeedSpecs.Attributes, ("Mine.cs", """
        namespace Demo;

        internal class Tensor;
        internal class @torch;
        internal class Console;
        internal class Data;
        internal class Scores;
        """)).AssertClean();

    [Fact]
    public void A_class_of_the_global_namespace() =>
        Compiled.From(("Net.cs", "using ModelGen;\n[Model, Input(1, 8, 8), Flatten, Linear(10), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]\ninternal partial class Net;\n")).AssertClean();

    [Theory]
    [InlineData("public static partial class Outer", "public")]
    [InlineData("internal partial record struct Outer(int N)", "private")]
    [InlineData("public partial interface Outer", "internal")]
    [InlineData("internal abstract partial class Outer", "protected internal")]
    public void A_class_inside_another_type(string outer, string accessibility)
    {
        var compiled = Compiled.From(("Net.cs", $$"""
            using ModelGen;
            namespace Demo;
            /// <summary>Around it.</summary>
            /// <param name="N">A number.</param>
            {{outer}}
            {
                internal partial class @class
                {
                    /// <summary>A network.</summary>
                    [Model, Input(1, 8, 8), Flatten, Linear(10), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]
                    {{accessibility}} partial class Net;
                }
            }
            """.Replace(outer.Contains('(', StringComparison.Ordinal) ? "\u0000" : "/// <param name=\"N\">A number.</param>\n", "", StringComparison.Ordinal))).AssertClean();

        Assert.Equal("Demo.Outer.class.Net.Data.g.cs", compiled.Files.Keys.First());
    }

    [Fact]
    public void The_table_of_a_network_is_in_the_doc_comment_that_an_editor_shows()
    {
        var doc = Compiled.From(SeedSpecs.Attributes).Output.GetTypeByMetadataName("Demo.ConvNet")!.GetDocumentationCommentXml()!;

        Assert.Contains("<summary>The seed's network.</summary>", doc, StringComparison.Ordinal);
        Assert.Matches("(?s)<remarks>.*conv1 +conv2d +\\[N, 16, 28, 28\\] +1,216 +940,800.*</remarks>", doc);
    }

    [Fact]
    public void A_project_that_uses_the_model() => Compiled.From(SeedSpecs.Attributes, ("Program.cs", """
        namespace Demo;

        internal static class Program
        {
            public static int Main(string[] args) => ConvNet.Run(args);

            public static ConvNet.Options Longer() => new() { Epochs = 40, Data = "digits" };

            public static long OutChannels() => new ConvNet().Conv2.out_channels;
        }
        """)).AssertClean();
}

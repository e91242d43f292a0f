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

    [Fact]
    public void Generated_text_does_not_depend_on_culture_or_line_ends()
    {
        var (path, text) = SeedSpecs.Json;
        var expected = Compiled.From((path, text)).Files;
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = Foreign();
            Assert.Equal(expected, Compiled.From((path, text.Replace("\n", "\r\n", StringComparison.Ordinal))).Files);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    // Named cultures have no data where globalization is invariant; what differs in them can be set by hand.
    private static System.Globalization.CultureInfo Foreign()
    {
        var culture = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "\u2212";
        return culture;
    }
}

namespace ModelGen.Tests.Specs;

/// <summary>A module of the user's own as a layer: what the compiler would say of generated code, is said of the attribute, and nothing else is.</summary>
public sealed class OwnModuleTests
{
    [Theory]
    [InlineData("Own()", "")]
    [InlineData("Own()", "Output = [4]")]
    [InlineData("Own(int a)", "1")]
    [InlineData("Own(long a, double b, float c, object d)", "1, 2, 3, 4")]
    [InlineData("Own(byte a, int? b, ulong c, uint d)", "1, 2, 3, 3000000000L")]
    [InlineData("Own(long a)", "3000000000L")]
    [InlineData("Own(double a, bool b, string c)", "0.5, true, \"text\"")]
    [InlineData("Own(TorchSharp.Scalar a)", "0.5")]
    [InlineData("Own(int a, int b = 2)", "1")]
    [InlineData("Own(int a, params double[] b)", "1, 2, 0.5")]
    [InlineData("Own(params string[] a)", "")]
    [InlineData("Own(in int a)", "1")]
    public void A_class_whose_constructor_takes_the_arguments_is_a_layer(string constructor, string arguments) =>
        Compiled.From(("Net.cs", Source($"internal {constructor} : base(\"own\")", $"Layer<Own>({arguments})"))).AssertClean();

    [Theory]
    [InlineData("Own(int a)", "", "the attribute has no arguments, but its constructor is Own(int a)")]
    [InlineData("Own()", "1", "the attribute's arguments are (1), but its constructor is Own()")]
    [InlineData("Own(int a)", "0.5", "the attribute's arguments are (0.5), but its constructor is Own(int a)")]
    [InlineData("Own(byte a)", "256", "the attribute's arguments are (256), but its constructor is Own(byte a)")]
    [InlineData("Own(float a)", "0.5", "the attribute's arguments are (0.5), but its constructor is Own(float a)")]
    [InlineData("Own(int a)", "3000000000L", "the attribute's arguments are (3000000000), but its constructor is Own(int a)")]
    [InlineData("Own(int a, params int[] b)", "1, \"text\", true", "the attribute's arguments are (1, 'text', true), but its constructor is Own(int a, params int[] b)")]
    [InlineData("Own(System.DayOfWeek a)", "System.DayOfWeek.Monday", "the attribute's arguments are ('monday'), but its constructor is Own(DayOfWeek a)")]
    public void One_that_does_not_take_them_is_named_with_what_it_takes(string constructor, string arguments, string why) =>
        AssertSaid(Source($"internal {constructor} : base(\"own\")", $"Layer<Own>({arguments})"), why);

    [Theory]
    [InlineData("private Own() : base(\"own\")", "'Net' can't call its constructors: make one public or internal")]
    [InlineData("private Own(int a) : base(\"own\")", "'Net' can't call its constructors: make one public or internal")]
    public void One_without_a_constructor_that_can_be_called_is_refused(string constructor, string why) => AssertSaid(Source(constructor, "Layer<Own>"), why);

    // The generator does not see what it writes itself, the base class and the constructor among it.
    [Theory]
    [InlineData("[Model, Input(4), Linear(4)]\npublic partial class Own;", "")]
    [InlineData("[Model, Input(4), Linear(4)]\npublic partial class Own { internal Own(int count) : this() => Count = count; internal int Count { get; } }", "(3)")]
    public void A_network_is_a_layer_of_another_one(string own, string arguments)
    {
        var files = Compiled.Leniently(("Net.cs", $"using ModelGen;\n{own}\n[Model, Input(4), Layer<Own>{arguments}, ReLU, Linear(2)]\npublic partial class Net;\n")).AssertClean().Files;

        Assert.Contains($"CustomLayer.Checked(new global::Own({arguments.Trim('(', ')')})", files["Net.Module.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void An_abstract_one_is_refused() => AssertSaid(Source("protected Own() : base(\"own\")", "Layer<Own>").Replace("sealed class", "abstract class", StringComparison.Ordinal), "it is abstract");

    [Fact]
    public void One_that_is_no_module_is_refused() => AssertSaid(
        "using ModelGen;\npublic class Own;\n[Model, Input(4), Layer<Own>, Linear(2)]\npublic partial class Net;\n",
        "a layer is a TorchSharp module from a tensor to a tensor: derive it from torch.nn.Module<Tensor, Tensor>");

    [Fact]
    public void One_in_a_block_is_refused_as_well() => AssertSaid(
        "using ModelGen;\npublic class Own;\n[Block, Layer<Own>, ReLU]\npublic class Cell;\n[Model, Input(4), Use<Cell>, Linear(2)]\npublic partial class Net;\n",
        "a layer is a TorchSharp module from a tensor to a tensor: derive it from torch.nn.Module<Tensor, Tensor>",
        "In the block 'Cell': ");

    private static string Source(string constructor, string layer) => $$"""
        using ModelGen;

        internal sealed class Own : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>
        {
            {{constructor}}
            {
            }

            public override TorchSharp.torch.Tensor forward(TorchSharp.torch.Tensor input) => input;
        }

        /// <summary>A network.</summary>
        [Model, Input(4), {{layer}}, Linear(2)]
        public partial class Net;
        """;

    /// <summary>Once, and the generated code compiles: nothing is said of it.</summary>
    private static void AssertSaid(string source, string why, string where = "")
    {
        var compiled = Compiled.Leniently(("Net.cs", source)).AssertNoErrors();

        Assert.EndsWith($"MG1025: {where}The class 'Own' can't be a layer: {why}.", Assert.Single(compiled.Report()), StringComparison.Ordinal);
    }
}

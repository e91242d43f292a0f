namespace ModelGen.Tests.Specs;

/// <summary>However C# lets an attribute be written, it says the same.</summary>
public sealed class AttributeFormsTests
{
    private static readonly IReadOnlyDictionary<string, string> Expected = Compile("[Model, Input(4, 9, 7), Conv2d(8, 3, Stride = 2, Bias = false, Name = \"stem\"), Flatten]", "public partial class Net;");

    [Theory]
    [InlineData("[type: Model, Input(4, 9, 7)] [Conv2d(outChannels: 8, kernelSize: 3, Stride = 2, Bias = false, Name = \"stem\")] [Flatten()]")]
    [InlineData("[Model, Input([4, 9, 7]), Conv2d(kernelSize: 3, outChannels: 8, Bias = false, Stride = 2, Name = \"st\" + \"em\"), Flatten(Name = null)]")]
    [InlineData("[ModelGen.ModelAttribute, global::ModelGen.InputAttribute(new int[] { 4, 9, 7 }), C(8, new[] { 3, 3 }, Strides = [2, 2], Bias = false, Name = \"stem\"), FlattenAttribute]")]
    [InlineData("[M, Input(2 + 2, Sizes.Height, 7), Conv2d(1 << 3, 3, @Stride = Sizes.Step, Bias = !true, Name = nameof(stem)), Flatten]")]
    public void Other_ways_to_write_the_same(string attributes) => Assert.Equal(Expected, Compile(attributes, "public partial class Net;"));

    [Fact]
    public void The_parts_of_a_class_may_stand_anywhere_when_one_of_them_has_the_attributes() => Assert.Equal(Expected, Compile(
        "[Model, Input(4, 9, 7), Conv2d(8, 3, Stride = 2, Bias = false, Name = \"stem\"), Flatten]",
        "public sealed partial class Net : System.ICloneable\n{\n    internal Net(int copies) : this() => Copies = copies;\n    internal int Copies { get; }\n    object System.ICloneable.Clone() => new Net(1);\n}\npublic partial class Net;"));

    private static IReadOnlyDictionary<string, string> Compile(string attributes, string declaration) => Compiled.From(("Net.cs", $$"""
        using ModelGen;
        using C = ModelGen.Conv2dAttribute;
        using M = ModelGen.ModelAttribute;

        namespace Demo;

        /// <summary>A network.</summary>
        {{attributes}}
        {{declaration}}

        internal static class Sizes { public const int Height = 9; public const byte Step = 2; }
        internal static class stem;
        """.Replace("class stem", "class @stem", StringComparison.Ordinal))).AssertClean().Files;
}

using CsCheck;
using ModelGen.Specs;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>Layers that only move values: other sizes, another order of dimensions, a part of them; and those that reduce dimensions.</summary>
[Collection("Torch")]
public sealed class MovingLayersTests : ILayerFamily
{
    public static IReadOnlyList<(string Input, string Attributes, string Json)> Networks { get; } =
    [
        (
            "[3, 8, 10]",
            "Reshape(24, -1), Unflatten(1, -1, 4), Permute(3, 1, -2), Transpose(1, -1), Select(2, -1), Identity",
            """{ "reshape": [24, -1] }, { "unflatten": 1, "sizes": [-1, 4] }, { "permute": [3, 1, -2] }, { "transpose": 1, "dim1": -1 }, { "select": 2, "index": -1 }, "identity" """
        ),
        (
            "[3, 8, 10]",
            "Mean(2, -1, Keepdim = true), Amax(3, 1, Keepdim = true), Reshape(1)",
            """{ "mean": [2, -1], "keepdim": true }, { "amax": [3, 1], "keepdim": true }, { "reshape": 1 }"""
        ),
        ("[3, 8, 10]", "Amax(2), Mean(1)", """{ "amax": 2 }, { "mean": [1] }"""),
    ];

    private static readonly Gen<long[]> Sizes = Gen.Long[1, 4].Array[1, 4];
    private static readonly Gen<long> Dim = Gen.Long[-5, 5];

    public MovingLayersTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void Reshape() => Gen.Select(Sizes, Gen.OneOf(Gen.Const(-1L), Gen.Long[1, 8]).Array[1, 3]).Sample((sizes, shape) => ShapeRule.AssertGives(
        sizes,
        ShapeRule.Layer("reshape", ("shape", ShapeRule.List(shape))),
        () => shape,
        (_, value) => value.reshape([2, .. shape])), iter: 500);

    [Fact]
    public void Unflatten() => Gen.Select(Sizes, Dim, Gen.OneOf(Gen.Const(-1L), Gen.Long[1, 4]).Array[1, 3]).Sample((sizes, dim, parts) => ShapeRule.AssertSame(
        sizes,
        ShapeRule.Layer("unflatten", ("dim", SpecValue.Of(dim)), ("sizes", ShapeRule.List(parts))),
        () => nn.Unflatten(dim < 0 ? dim + sizes.Length + 1 : dim, parts),
        refusedAlone: IsBatch(dim, sizes)), iter: 500);

    [Fact]
    public void Permute() => Gen.Select(Sizes, Gen.Shuffle(new[] { 1L, 2, 3, 4 }), Gen.Long[1, 4], Gen.Bool).Sample((sizes, dims, count, isFromEnd) =>
    {
        var some = dims.Where(dim => dim <= count).Select(dim => isFromEnd ? dim - count - 1 : dim).ToArray();
        ShapeRule.AssertGives(sizes, ShapeRule.Layer("permute", ("dims", ShapeRule.List(some))), () => some, (order, value) => value.permute([0, .. order]));
    }, iter: 500);

    [Fact]
    public void Transpose() => Gen.Select(Sizes, Dim, Dim).Sample((sizes, one, other) => ShapeRule.AssertGives(
        sizes,
        ShapeRule.Layer("transpose", ("dim0", SpecValue.Of(one)), ("dim1", SpecValue.Of(other))),
        () => sizes,
        (_, value) => value.transpose(one, other),
        refusedAlone: IsBatch(one, sizes) || IsBatch(other, sizes)), iter: 500);

    [Fact]
    public void Select() => Gen.Select(Sizes, Dim, Gen.Long[-5, 5]).Sample((sizes, dim, index) => ShapeRule.AssertGives(
        sizes,
        ShapeRule.Layer("select", ("dim", SpecValue.Of(dim)), ("index", SpecValue.Of(index))),
        () => sizes,
        (_, value) => value.select(dim, index),
        // A tensor of nothing but a batch is no layer's output.
        refusedAlone: IsBatch(dim, sizes) || sizes.Length == 1), iter: 500);

    [Fact]
    public void Reductions() => Gen.Select(Sizes, Dim.Array[1, 3], Gen.Bool).Sample((sizes, dims, keepdim) =>
    {
        var isRefused = dims.Any(dim => IsBatch(dim, sizes)) || (!keepdim && dims.Select(dim => (dim + sizes.Length + 1) % (sizes.Length + 1)).Distinct().Count() == sizes.Length);
        ShapeRule.AssertGives(sizes, ShapeRule.Layer("mean", ("dim", ShapeRule.List(dims)), ("keepdim", SpecValue.Of(keepdim))), () => dims, (_, value) => value.mean(dims, keepdim), isRefused);
        ShapeRule.AssertGives(sizes, ShapeRule.Layer("amax", ("dim", ShapeRule.List(dims)), ("keepdim", SpecValue.Of(keepdim))), () => dims, (_, value) => value.amax(dims, keepdim), isRefused);
    }, iter: 500);

    [Fact]
    public void Whole_numbers_stay_whole_numbers()
    {
        const string Layers = """
            { "reshape": [3, 8, 4] }, { "unflatten": 2, "sizes": [2, 4] }, { "permute": [1, 4, 2, 3] }, { "transpose": 1, "dim1": 2 }, { "select": 1, "index": 0 },
            { "pad": [1, 0, 0, 1] }, { "pad": 1, "mode": "reflect" }, { "crop": [4, 6] }, { "pixel_unshuffle": 2 }, { "pixel_shuffle": 2 }, { "amax": -1 }, "flatten"
            """;
        var type = Compiled.From(("Net.model.json", $$"""{ "inputs": { "words": { "shape": [96], "type": "int64" } }, "layers": [{{Layers}}] }""")).Load().GetType("Demo.Net")!;
        using var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(type)!;
        using var input = arange(2 * 96).reshape(2, 96);
        using var output = model.call(input);

        Assert.Equal(int64, output.dtype);
        Assert.Equal([2, 12], output.shape);
    }

    [Theory]
    [InlineData("[4, 6]", """{ "reshape": [5, -1] }""", "shape [5, -1] holds a multiple of 5 values, but the input behind its batch has 24")]
    [InlineData("[4, 6]", """{ "reshape": [5, 5] }""", "shape [5, 5] holds 25 values, but the input behind its batch has 24")]
    [InlineData("[4, 6]", """{ "reshape": [-1, 2, -1] }""", "shape [-1, 2, -1] has more than one -1, and nothing says how they share what is left")]
    [InlineData("[4, 6]", """{ "unflatten": 1, "sizes": [4, 0] }""", "sizes [4, 0] has a size of 0, which holds nothing")]
    [InlineData("[4, 6]", """{ "unflatten": 2, "sizes": [4, -1] }""", "sizes [4, -1] holds a multiple of 4 values, but dimension 2 has 6")]
    [InlineData("[4, 6]", """{ "permute": [2] }""", "dims [2] leaves out dimension 1. Write dims [2, 1]")]
    [InlineData("[4, 6]", """{ "permute": [2, -1] }""", "dims [2, -1] names a dimension twice")]
    [InlineData("[4, 6]", """{ "permute": [2, 3] }""", "has dims 3, but receives the input [N, 4, 6], whose dimensions behind the batch are 1 to 2")]
    [InlineData("[4, 6]", """{ "transpose": 0, "dim1": 1 }""", "has dim0 0, but receives")]
    [InlineData("[4, 6]", """{ "select": 1, "index": 4 }""", "has index 4, but receives the input [N, 4, 6], whose dimension 1 has the indices 0 to 3, or -4 to -1 from its end. Write index -1")]
    [InlineData("[4]", """{ "select": 1, "index": 0 }""", "leaves no dimension behind the batch: it receives the input [N, 4], and dim names the only one")]
    [InlineData("[4, 6]", """{ "mean": [1, 2] }""", "leaves no dimension behind the batch: it receives the input [N, 4, 6], and dim names all that there are. Set keepdim")]
    public void What_does_not_fit_is_said(string input, string layers, string said) => ShapeRule.AssertSays(input, layers, said);

    private static bool IsBatch(long dim, long[] sizes) => dim == 0 || dim == -sizes.Length - 1;
}

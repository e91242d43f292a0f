using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>What TorchSharp computes in float64, for the kernels to be compared with.</summary>
internal static class Referee
{
    static Referee() => LibTorch.Configure(1, 1);

    /// <summary>Lanes of the vectors that this machine has, and those of the narrower ones.</summary>
    public static TheoryData<int> Widths { get; } = [.. new[] { 16, 8, 4, 1 }.Where(lanes => lanes <= ModelGen.Cpu.Simd.Columns.Widest)];

    /// <summary>Values around 0 that are the same for the same seed.</summary>
    public static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    /// <summary>What a kernel is to write, which must not be there already.</summary>
    public static float[] Unwritten(int count)
    {
        var values = new float[count];
        Array.Fill(values, float.NaN);
        return values;
    }

    /// <summary>Values in PyTorch's order, to be trained.</summary>
    public static Tensor Tensor(float[] values, params long[] shape) => tensor(values).to(float64).reshape(shape).requires_grad_(true);

    /// <summary>Images <c>[N, C, H, W]</c> of pixels <c>[N, H, W, C]</c>, to be trained.</summary>
    public static Tensor Images(float[] pixels, int height, int width, int channels) =>
        tensor(pixels).to(float64).reshape(-1, height, width, channels).permute(0, 3, 1, 2).contiguous().requires_grad_(true);

    /// <summary>Pixels <c>[N, H, W, C]</c> of images.</summary>
    public static Tensor Pixels(Tensor images) => images.permute(0, 2, 3, 1);

    /// <summary>
    /// Fails where the values differ by more than float32's rounding: of the values, or of what they are sums of. The latter is about one, a single
    /// gradient may by chance be a hundredth of it.
    /// </summary>
    public static void AssertClose(Tensor expected, ReadOnlySpan<float> actual)
    {
        var (want, have) = (expected.detach().reshape(-1), tensor(actual.ToArray()).to(float64));
        Assert.Equal(want.numel(), have.numel());
        var error = (want - have).norm().item<double>();
        var size = want.norm().item<double>();
        Assert.True(error <= 1e-5 + (1e-5 * size), $"The error's length is {error}, the values' {size}.");
    }
}

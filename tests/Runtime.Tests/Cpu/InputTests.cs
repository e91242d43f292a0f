using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>A network is given the numbers that the other backend gives it, to the bit.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class InputTests
{
    public InputTests() => ModelGen.Torch.LibTorch.Configure(0, 1);

    [Fact]
    public void Gray_images() => Check<Gray>();

    [Fact]
    public void Coloured_images() => Check<Coloured>();

    [Fact]
    public void Images_of_two_channels() => Check<Pairs>();

    [Fact]
    public void Normalised_images() => Check<Normalised>();

    [Fact]
    public void Rows_are_copied_or_normalised()
    {
        float[] row = [1, 2, 3];
        var (plain, normalised) = (new float[3], new float[3]);

        RowInput<PlainRow>.Forward(row, plain);
        RowInput<NormalisedRow>.Forward(row, normalised);

        Assert.Equal(row, plain);
        Assert.Equal([(1 - 0.1f) / 3, (2 - 0.2f) / 7, (3 - 0.3f) / 9], normalised);
    }

    private static void Check<T>()
        where T : struct, IImageInput
    {
        using var scope = NewDisposeScope();
        var bytes = new byte[T.Channels * T.Height * T.Width];
        new Random(1).NextBytes(bytes);
        var image = tensor(bytes).reshape(T.Channels, T.Height, T.Width).to(float32).div_(255f);
        for (var channel = 0; channel < T.Mean.Length; channel++)
            image[channel].sub_(T.Mean[channel]).div_(T.Std[channel]);
        var actual = new float[bytes.Length];

        ImageInput<T>.Forward(bytes, actual);

        Assert.Equal(image.permute(1, 2, 0).contiguous().data<float>().ToArray(), actual);
    }

    private readonly struct Gray : IImageInput
    {
        public static int Height => 28;

        public static int Width => 28;

        public static int Channels => 1;

        public static ReadOnlySpan<float> Mean => [];

        public static ReadOnlySpan<float> Std => [];
    }

    private readonly struct Coloured : IImageInput
    {
        public static int Height => 17;

        public static int Width => 23;

        public static int Channels => 3;

        public static ReadOnlySpan<float> Mean => [];

        public static ReadOnlySpan<float> Std => [];
    }

    private readonly struct Pairs : IImageInput
    {
        public static int Height => 17;

        public static int Width => 23;

        public static int Channels => 2;

        public static ReadOnlySpan<float> Mean => [0.1307f, 0.25f];

        public static ReadOnlySpan<float> Std => [0.3081f, 0.75f];
    }

    private readonly struct Normalised : IImageInput
    {
        public static int Height => 17;

        public static int Width => 23;

        public static int Channels => 3;

        public static ReadOnlySpan<float> Mean => [0.485f, 0.456f, 0.406f];

        public static ReadOnlySpan<float> Std => [0.229f, 0.224f, 0.225f];
    }

    private readonly struct PlainRow : IRowInput
    {
        public static int Features => 3;

        public static ReadOnlySpan<float> Mean => [];

        public static ReadOnlySpan<float> Std => [];
    }

    private readonly struct NormalisedRow : IRowInput
    {
        public static int Features => 3;

        public static ReadOnlySpan<float> Mean => [0.1f, 0.2f, 0.3f];

        public static ReadOnlySpan<float> Std => [3, 7, 9];
    }
}

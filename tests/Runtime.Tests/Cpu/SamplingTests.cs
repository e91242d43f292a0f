using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Images brought to another size are PyTorch's: adaptive pools, and all ways to enlarge.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class SamplingTests
{
    private static readonly Gen<(int Height, int Width, int Channels)> AnyImage = Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 40]);

    private delegate void Pass(ReadOnlySpan<float> from, Span<float> to, int lanes);

    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void An_adaptive_average(int lanes) => Gen.Select(AnyImage, Gen.Int[1, 7], Gen.Int[1, 7]).Sample(
        (image, height, width) =>
        {
            Set(image, height, width);
            Check(AdaptiveAvgPool2d<Layer>.Forward, (dy, _, dx) => AdaptiveAvgPool2d<Layer>.Backward(dy, dx, lanes), x => nn.functional.adaptive_avg_pool2d(x, [height, width]), lanes);
        },
        iter: 60,
        threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void An_adaptive_largest_value(int lanes) => Gen.Select(AnyImage, Gen.Int[1, 7], Gen.Int[1, 7]).Sample(
        (image, height, width) =>
        {
            Set(image, height, width);
            Check(AdaptiveMaxPool2d<Layer>.Forward, (dy, x, dx) => AdaptiveMaxPool2d<Layer>.Backward(dy, x, dx, lanes), x => nn.functional.adaptive_max_pool2d(x, [height, width]), lanes);
        },
        iter: 60,
        threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void The_nearest_values(int lanes) => CheckUpsample<Nearest>(InterpolationMode.Nearest, Gen.Const(false), lanes);

    [Theory, MemberData(nameof(Widths))]
    public void Straight_lines_between_values(int lanes) => CheckUpsample<Bilinear>(InterpolationMode.Bilinear, Gen.Bool, lanes);

    [Theory, MemberData(nameof(Widths))]
    public void Cubic_curves_between_values(int lanes) => CheckUpsample<Bicubic>(InterpolationMode.Bicubic, Gen.Bool, lanes);

    // libtorch's bicubic gradient is a copy where the size stays as it was (3 x 2 pixels by 1.25 are 3 x 2), though its values are not:
    // such images are left to the linear curve, whose gradient has no such shortcut.
    private static bool IsRefereed(InterpolationMode mode, (int Height, int Width, int Channels) image, double scale) =>
        mode != InterpolationMode.Bicubic || scale == 1 || Scaled(image.Height, scale) != image.Height || Scaled(image.Width, scale) != image.Width;

    private static int Scaled(int size, double scale) => (int)Math.Floor(size * scale);

    private static void CheckUpsample<TInterpolation>(InterpolationMode mode, Gen<bool> alignCorners, int lanes)
        where TInterpolation : struct, IInterpolation => Gen.Select(AnyImage, Gen.Int[2, 16].Select(quarters => quarters / 4.0), alignCorners)
        .Where((image, scale, _) => Scaled(Math.Min(image.Height, image.Width), scale) >= 1 && IsRefereed(mode, image, scale))
        .Sample(
            (image, scale, align) =>
            {
                Set(image, Scaled(image.Height, scale), Scaled(image.Width, scale));
                (Layer.ScaleFactor, Layer.AlignCorners) = (scale, align);
                Check(
                    Upsample<Layer, TInterpolation>.Forward,
                    (dy, _, dx) => Upsample<Layer, TInterpolation>.Backward(dy, dx, lanes),
                    x => nn.functional.interpolate(x, scale_factor: [scale, scale], mode: mode, align_corners: mode == InterpolationMode.Nearest ? null : align),
                    lanes);
            },
            iter: 60,
            threads: 1);

    private static void Set((int Height, int Width, int Channels) image, int height, int width) =>
        (Layer.Height, Layer.Width, Layer.Channels, Layer.OutHeight, Layer.OutWidth) = (image.Height, image.Width, image.Channels, height, width);

    private static void Check(Pass forward, Action<float[], float[], float[]> backward, Func<Tensor, Tensor> referee, int lanes)
    {
        using var scope = NewDisposeScope();
        var (length, outLength) = (Layer.Height * Layer.Width * Layer.Channels, Layer.OutHeight * Layer.OutWidth * Layer.Channels);
        var (x, y, dy, dx) = (Referee.Values(length, 1), Referee.Unwritten(outLength), Referee.Values(outLength, 2), Referee.Unwritten(length));
        forward(x, y, lanes);
        backward(dy, x, dx);

        var image = Referee.Images(x, Layer.Height, Layer.Width, Layer.Channels);
        var output = referee(image);
        (output * Referee.Images(dy, Layer.OutHeight, Layer.OutWidth, Layer.Channels).detach()).sum().backward();
        Referee.AssertClose(Referee.Pixels(output), y);
        Referee.AssertClose(Referee.Pixels(image.grad!), dx);
    }

    private readonly struct Layer : IAdaptivePool2d, IUpsample
    {
        public static int Height { get; set; }

        public static int Width { get; set; }

        public static int Channels { get; set; }

        public static int OutHeight { get; set; }

        public static int OutWidth { get; set; }

        public static double ScaleFactor { get; set; }

        public static bool AlignCorners { get; set; }
    }
}

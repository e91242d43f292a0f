using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Cpu.Simd;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Pools and the flattening of images give what PyTorch's give.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class Pool2dTests
{
    private static readonly Gen<Layer> AnyLayer =
        from kernel in Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4])
        from stride in Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4])
        from dilation in Gen.Select(Gen.Int[1, 2], Gen.Int[1, 2])
        from padding in Gen.Select(Gen.Int[0, kernel.Item1 / 2], Gen.Int[0, kernel.Item2 / 2])
        from size in Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9])
        from channels in Gen.Int[1, 40]
        from isCeiled in Gen.Bool
        from countsPadding in Gen.Bool
        select new Layer(kernel, stride, dilation, padding, size, channels, isCeiled, countsPadding);

    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Any_max_pool_gives_the_outputs_and_gradients_of_PyTorch(int lanes) => AnyLayer.Where(layer => layer.Fits).Sample(layer => CheckMax(layer, lanes), iter: 150, threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void Any_average_pool_too(int lanes) =>
        AnyLayer.Select(layer => layer with { Dilation = (1, 1) }).Where(layer => layer.Fits).Sample(layer => CheckAverage(layer, lanes), iter: 150, threads: 1);

    [Fact]
    public void A_layer_of_constants_is_the_same_max_pool()
    {
        var layer = new Layer((3, 2), (2, 3), (2, 1), (1, 0), (7, 6), 5, false, false);
        var (x, dy) = (Referee.Values(7 * 6 * 5, 1), Referee.Values(3 * 2 * 5, 2));
        float[] y = new float[dy.Length], sameY = new float[dy.Length], dx = new float[x.Length], sameDx = new float[x.Length];

        MaxPool2d<Max>.Forward(x, y);
        MaxPool2d<Max>.Backward(dy, x, y, dx);

        layer.Max(x, sameY, Columns.Widest);
        layer.MaxBackward(dy, x, sameY, sameDx, Columns.Widest);
        Assert.Equal([.. sameY, .. sameDx], (float[])[.. y, .. dx]);
    }

    [Fact]
    public void A_layer_of_constants_is_the_same_average_pool()
    {
        var layer = new Layer((3, 2), (2, 3), (1, 1), (1, 0), (7, 6), 5, false, false);
        var (x, dy) = (Referee.Values(7 * 6 * 5, 1), Referee.Values(4 * 2 * 5, 2));
        float[] y = new float[dy.Length], sameY = new float[dy.Length], dx = new float[x.Length], sameDx = new float[x.Length];

        AvgPool2d<Average>.Forward(x, y);
        AvgPool2d<Average>.Backward(dy, dx);

        layer.Average(x, sameY, Columns.Widest);
        layer.AverageBackward(dy, sameDx, Columns.Widest);
        Assert.Equal([.. sameY, .. sameDx], (float[])[.. y, .. dx]);
    }

    [Fact]
    public void A_flattened_image_is_in_the_order_of_PyTorch()
    {
        float[] x = Referee.Values(2 * 3 * 20, 1), y = new float[x.Length], back = new float[x.Length];

        Flatten<Image>.Forward(x, y);
        Flatten<Image>.Backward(y, back);

        Referee.AssertClose(Referee.Images(x, 2, 3, 20).flatten(), y);
        Assert.Equal(x, back);
    }

    private static void CheckMax(Layer layer, int lanes)
    {
        using var scope = NewDisposeScope();
        // Many values are equal, so that the first of them matters.
        var x = Referee.Values(layer.Pool.Length, 1).Select(value => MathF.Round(value * 3)).ToArray();
        var image = Referee.Images(x, layer.Size.Height, layer.Size.Width, layer.Channels);
        var output = nn.functional.max_pool2d(
            image, [layer.Kernel.Height, layer.Kernel.Width], [layer.Stride.Height, layer.Stride.Width], [layer.Padding.Height, layer.Padding.Width], [layer.Dilation.Height, layer.Dilation.Width], layer.IsCeiled);
        var (y, dy, dx) = (new float[layer.Pool.OutLength], Referee.Values(layer.Pool.OutLength, 2), new float[x.Length]);
        (output * Referee.Images(dy, layer.Pool.Rows.Out, layer.Pool.Columns.Out, layer.Channels).detach()).sum().backward();

        layer.Max(x, y, lanes);
        layer.MaxBackward(dy, x, y, dx, lanes);

        Referee.AssertClose(Referee.Pixels(output), y);
        Referee.AssertClose(Referee.Pixels(image.grad!), dx);
    }

    private static void CheckAverage(Layer layer, int lanes)
    {
        using var scope = NewDisposeScope();
        var x = Referee.Values(layer.Pool.Length, 1);
        var image = Referee.Images(x, layer.Size.Height, layer.Size.Width, layer.Channels);
        var output = nn.functional.avg_pool2d(
            image, [layer.Kernel.Height, layer.Kernel.Width], [layer.Stride.Height, layer.Stride.Width], [layer.Padding.Height, layer.Padding.Width], layer.IsCeiled, layer.CountsPadding);
        var (y, dy, dx) = (new float[layer.Pool.OutLength], Referee.Values(layer.Pool.OutLength, 2), new float[x.Length]);
        (output * Referee.Images(dy, layer.Pool.Rows.Out, layer.Pool.Columns.Out, layer.Channels).detach()).sum().backward();

        layer.Average(x, y, lanes);
        layer.AverageBackward(dy, dx, lanes);

        Referee.AssertClose(Referee.Pixels(output), y);
        Referee.AssertClose(Referee.Pixels(image.grad!), dx);
    }

    private readonly struct Max : IMaxPool2d
    {
        public static int Height => 7;

        public static int Width => 6;

        public static int Channels => 5;

        public static int OutHeight => 3;

        public static int OutWidth => 2;

        public static int KernelHeight => 3;

        public static int KernelWidth => 2;

        public static int StrideHeight => 2;

        public static int StrideWidth => 3;

        public static int PaddingHeight => 1;

        public static int DilationHeight => 2;
    }

    private readonly struct Average : IAvgPool2d
    {
        public static int Height => 7;

        public static int Width => 6;

        public static int Channels => 5;

        public static int OutHeight => 4;

        public static int OutWidth => 2;

        public static int KernelHeight => 3;

        public static int KernelWidth => 2;

        public static int StrideHeight => 2;

        public static int StrideWidth => 3;

        public static int PaddingHeight => 1;

        public static bool CountsPadding => false;
    }

    private readonly struct Image : IFlatten
    {
        public static int Height => 2;

        public static int Width => 3;

        public static int Channels => 20;
    }

    private sealed record Layer(
        (int Height, int Width) Kernel,
        (int Height, int Width) Stride,
        (int Height, int Width) Dilation,
        (int Height, int Width) Padding,
        (int Height, int Width) Size,
        int Channels,
        bool IsCeiled,
        bool CountsPadding)
    {
        public PooledImage Pool => new(
            Axis(Size.Height, Kernel.Height, Stride.Height, Padding.Height, Dilation.Height), Axis(Size.Width, Kernel.Width, Stride.Width, Padding.Width, Dilation.Width), Channels);

        // Where a window's gaps hold the whole image, libtorch 2.10 writes its gradient beyond the image's.
        public bool Fits => Pool.Rows.Out > 0 && Pool.Columns.Out > 0 && EachSees(Pool.Rows) && EachSees(Pool.Columns);

        public void Max(ReadOnlySpan<float> x, Span<float> y, int lanes)
        {
            var loop = new MaxPoolForward(Pool, x, y);
            Columns.Run(ref loop, Channels, lanes);
        }

        public void MaxBackward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> dx, int lanes)
        {
            var loop = new MaxPoolBackward(Pool, dy, x, y, dx);
            Columns.Run(ref loop, Channels, lanes);
        }

        public void Average(ReadOnlySpan<float> x, Span<float> y, int lanes)
        {
            var loop = new AvgPoolForward(Pool, CountsPadding, x, y);
            Columns.Run(ref loop, Channels, lanes);
        }

        public void AverageBackward(ReadOnlySpan<float> dy, Span<float> dx, int lanes)
        {
            var loop = new AvgPoolBackward(Pool, CountsPadding, dy, dx);
            Columns.Run(ref loop, Channels, lanes);
        }

        private static bool EachSees(WindowAxis axis) => Enumerable.Range(0, axis.Out).All(place => axis.Seen(place).First < axis.Seen(place).End);

        private WindowAxis Axis(int size, int kernel, int stride, int padding, int dilation)
        {
            var room = size + (2 * padding) - ((kernel - 1) * dilation) - 1;
            var places = room < 0 ? 0 : ((room + (IsCeiled ? stride - 1 : 0)) / stride) + 1;
            return new WindowAxis(size, (places - 1) * stride >= size + padding ? places - 1 : places, kernel, stride, padding, dilation);
        }
    }
}

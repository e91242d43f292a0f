using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Values that move and are not computed arrive where PyTorch's do.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class MovesTests
{
    private static readonly Gen<(int Top, int Bottom, int Left, int Right)> AnyPadding = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3]);

    [Fact]
    public void Equal_values_around_an_image() => CheckPad<ConstantPadding>(PaddingModes.Constant, AnyPadding);

    [Fact]
    public void Mirrored_values_around_an_image() => CheckPad<ReflectPadding>(PaddingModes.Reflect, AnyPadding);

    [Fact]
    public void The_edges_around_an_image() => CheckPad<ReplicatePadding>(PaddingModes.Replicate, AnyPadding);

    [Fact]
    public void The_other_end_around_an_image() => CheckPad<CircularPadding>(PaddingModes.Circular, AnyPadding);

    [Fact]
    public void The_middle_of_an_image() => CheckPad<ConstantPadding>(PaddingModes.Constant, Gen.Select(Gen.Int[-2, 1], Gen.Int[-2, 1], Gen.Int[-2, 1], Gen.Int[-2, 1]));

    [Fact]
    public void Any_order_of_dimensions() => Gen.Int[1, 5].Array[1, 5].SelectMany(sizes => Gen.Shuffle(Enumerable.Range(0, sizes.Length).ToArray()).Select(order => (sizes, order))).Sample(
        shape =>
        {
            using var scope = NewDisposeScope();
            (Order.All, Order.Of) = shape;
            var x = Referee.Values(shape.sizes.Aggregate(1, (product, size) => product * size), 1);
            var (y, back) = (Referee.Unwritten(x.Length), Referee.Unwritten(x.Length));
            Permute<Order>.Forward(x, y);
            Permute<Order>.Backward(y, back);
            Referee.AssertClose(Referee.Tensor(x, [.. shape.sizes.Select(size => (long)size)]).permute([.. shape.order.Select(index => (long)index)]), y);
            Assert.Equal(x, back);
        },
        iter: 200,
        threads: 1);

    private static void CheckPad<TPadding>(PaddingModes mode, Gen<(int Top, int Bottom, int Left, int Right)> padding)
        where TPadding : struct, IPadding => Gen.Select(Gen.Int[5, 8], Gen.Int[5, 8], Gen.Int[1, 20], padding).Sample(
        (height, width, channels, pad) =>
        {
            using var scope = NewDisposeScope();
            (Layer.Height, Layer.Width, Layer.Channels, Layer.Top, Layer.Left) = (height, width, channels, pad.Top, pad.Left);
            (Layer.OutHeight, Layer.OutWidth) = (height + pad.Top + pad.Bottom, width + pad.Left + pad.Right);
            var (x, dy) = (Referee.Values(height * width * channels, 1), Referee.Values(Layer.OutHeight * Layer.OutWidth * channels, 2));
            var (y, dx) = (Referee.Unwritten(dy.Length), Referee.Unwritten(x.Length));
            Pad<Layer, TPadding>.Forward(x, y);
            Pad<Layer, TPadding>.Backward(dy, dx);

            var image = Referee.Images(x, height, width, channels);
            var output = nn.functional.pad(image, [pad.Left, pad.Right, pad.Top, pad.Bottom], mode, mode == PaddingModes.Constant ? Layer.Value : 0);
            (output * Referee.Images(dy, Layer.OutHeight, Layer.OutWidth, channels).detach()).sum().backward();
            Referee.AssertClose(Referee.Pixels(output), y);
            Referee.AssertClose(Referee.Pixels(image.grad!), dx);
        },
        iter: 100,
        threads: 1);

    private readonly struct Layer : IPad
    {
        public static int Height { get; set; }

        public static int Width { get; set; }

        public static int Channels { get; set; }

        public static int OutHeight { get; set; }

        public static int OutWidth { get; set; }

        public static int Top { get; set; }

        public static int Left { get; set; }

        public static double Value => 0.5;
    }

    private readonly struct Order : IPermute
    {
        public static int[] All { get; set; } = [];

        public static int[] Of { get; set; } = [];

        public static ReadOnlySpan<int> Sizes => All;

        static ReadOnlySpan<int> IPermute.Order => Of;
    }
}

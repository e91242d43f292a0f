using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Transposed convolutions give what PyTorch's give, with vectors of every width.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class ConvTranspose2dTests
{
    private static readonly Gen<Layer> AnyLayer =
        from kernel in Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4])
        from stride in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from dilation in Gen.Select(Gen.Int[1, 2], Gen.Int[1, 2])
        from padding in Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2])
        from added in Gen.Int[0, 1]
        from size in Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6])
        from groups in Gen.Frequency((3, Gen.Const(1)), (1, Gen.Int[2, 3]))
        from channels in Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20])
        from hasBias in Gen.Bool
        let layer = new Layer(kernel, stride, dilation, padding, added, size, groups, channels.Item1 * groups, channels.Item2 * groups, hasBias)
        where layer.Rows.Size > 0 && layer.Columns.Size > 0 && added < Math.Max(stride.Item1, dilation.Item1) && added < Math.Max(stride.Item2, dilation.Item2)
        select layer;

    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Any_layer_gives_the_outputs_and_gradients_of_PyTorch(int lanes) => AnyLayer.Sample(layer => Check(layer, lanes), iter: 100, threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void The_layers_of_a_U_Net_do_too(int lanes) => Check(new Layer((2, 2), (2, 2), (1, 1), (0, 0), 0, (8, 8), 1, 64, 32, true), lanes);

    [Theory, MemberData(nameof(Widths))]
    public void A_layer_that_is_computed_by_patches_does_too(int lanes) => Check(new Layer((3, 3), (1, 1), (1, 1), (1, 1), 0, (8, 8), 1, 16, 24, true), lanes);

    [Fact]
    public void A_layer_of_constants_is_the_same()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = (Referee.Values(3 * 2 * 3, 1), Referee.Values(3 * 5 * 6, 2), Referee.Values(5, 3));
        var (prepared, scratch, y) = (Referee.Unwritten(ConvTranspose2d<Small>.PreparedLength), Referee.Unwritten(ConvTranspose2d<Small>.ScratchLength), Referee.Unwritten(7 * 5 * 5));
        var (dx, sums) = (Referee.Unwritten(x.Length), new float[ConvTranspose2d<Small>.SumsLength]);
        var (weightGradient, biasGradient) = (new float[weight.Length], new float[bias.Length]);
        ConvTranspose2d<Small>.Prepare(weight, bias, prepared, 0, 1);
        ConvTranspose2d<Small>.Forward(x, prepared, y, scratch);
        ConvTranspose2d<Small>.Backward(y, x, prepared, dx, sums, scratch);
        ConvTranspose2d<Small>.Collect(sums, 1, weightGradient, biasGradient, 0, 1);

        var (image, w, b) = (Referee.Images(x, 3, 2, 3), Referee.Tensor(weight, 3, 5, 3, 2), Referee.Tensor(bias, 5));
        var output = nn.functional.conv_transpose2d(image, w, b, strides: [2, 3]);
        (output * output.detach()).sum().backward();
        Referee.AssertClose(Referee.Pixels(output), y);
        Referee.AssertClose(Referee.Pixels(image.grad!), dx);
        Referee.AssertClose(w.grad!, weightGradient);
        Referee.AssertClose(b.grad!, biasGradient);
    }

    private static void Check(Layer layer, int lanes)
    {
        using var scope = NewDisposeScope();
        var convolution = new TransposedConvolution(layer.Rows, layer.Columns, layer.InChannels, layer.OutChannels, layer.Groups, layer.HasBias, lanes);
        var (inLength, outLength) = (layer.Size.Height * layer.Size.Width * layer.InChannels, layer.Rows.Size * layer.Columns.Size * layer.OutChannels);
        var (x, dy, bias) = (Referee.Values(inLength, 1), Referee.Values(outLength, 4), layer.HasBias ? Referee.Values(layer.OutChannels, 3) : []);
        var weight = Referee.Values(layer.InChannels * layer.OutChannels / layer.Groups * layer.Kernel.Height * layer.Kernel.Width, 2);
        var (prepared, scratch) = (Referee.Unwritten(convolution.PreparedLength), Referee.Unwritten(convolution.ScratchLength));
        var (y, dx, sums) = (Referee.Unwritten(outLength), Referee.Unwritten(inLength), new float[2 * convolution.SumsLength]);
        var (weightGradient, biasGradient) = (new float[weight.Length], new float[bias.Length]);
        convolution.Prepare(weight, bias, prepared, 0, 2);
        convolution.Prepare(weight, bias, prepared, 1, 2);
        convolution.Forward(x, prepared, y, scratch);
        Array.Fill(scratch, float.NaN);
        convolution.Backward(dy, x, prepared, dx, sums.AsSpan(0, convolution.SumsLength), scratch);
        convolution.Backward(dy, x, prepared, [], sums.AsSpan(convolution.SumsLength), scratch);
        convolution.Collect(sums, 2, weightGradient, biasGradient, 0, 2);
        convolution.Collect(sums, 2, weightGradient, biasGradient, 1, 2);

        var (image, w) = (Referee.Images(x, layer.Size.Height, layer.Size.Width, layer.InChannels), Referee.Tensor(weight, layer.InChannels, layer.OutChannels / layer.Groups, layer.Kernel.Height, layer.Kernel.Width));
        var b = layer.HasBias ? Referee.Tensor(bias, layer.OutChannels) : null;
        var output = nn.functional.conv_transpose2d(
            image, w, b, [layer.Stride.Height, layer.Stride.Width], [layer.Padding.Height, layer.Padding.Width], [layer.Added, layer.Added], [layer.Dilation.Height, layer.Dilation.Width], layer.Groups);
        (output * Referee.Images(dy, layer.Rows.Size, layer.Columns.Size, layer.OutChannels).detach()).sum().backward();
        Referee.AssertClose(Referee.Pixels(output), y);
        Referee.AssertClose(Referee.Pixels(image.grad!), dx);
        Referee.AssertClose(2 * w.grad!, weightGradient);
        if (b is not null)
            Referee.AssertClose(2 * b.grad!, biasGradient);
        Assert.All(sums, sum => Assert.Equal(0, sum));
    }

    private sealed record Layer(
        (int Height, int Width) Kernel,
        (int Height, int Width) Stride,
        (int Height, int Width) Dilation,
        (int Height, int Width) Padding,
        int Added,
        (int Height, int Width) Size,
        int Groups,
        int InChannels,
        int OutChannels,
        bool HasBias)
    {
        public WindowAxis Rows => Axis(Size.Height, Kernel.Height, Stride.Height, Padding.Height, Dilation.Height);

        public WindowAxis Columns => Axis(Size.Width, Kernel.Width, Stride.Width, Padding.Width, Dilation.Width);

        private WindowAxis Axis(int size, int kernel, int stride, int padding, int dilation) =>
            new(((size - 1) * stride) - (2 * padding) + (dilation * (kernel - 1)) + Added + 1, size, kernel, stride, padding, dilation);
    }

    private readonly struct Small : IConv2d
    {
        public static int Height => 3;

        public static int Width => 2;

        public static int InChannels => 3;

        public static int OutHeight => 7;

        public static int OutWidth => 5;

        public static int OutChannels => 5;

        public static int KernelHeight => 3;

        public static int KernelWidth => 2;

        public static int StrideHeight => 2;

        public static int StrideWidth => 3;
    }
}

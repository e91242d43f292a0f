using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Convolutions give what PyTorch's give, with vectors of every width.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class Conv2dTests
{
    private static readonly Gen<Layer> AnyLayer =
        from kernel in Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4])
        from stride in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from dilation in Gen.Select(Gen.Int[1, 2], Gen.Int[1, 2])
        from before in Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4])
        from after in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3])
        from size in Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9])
        from groups in Gen.Frequency((3, Gen.Const(1)), (1, Gen.Int[2, 3]))
        from channels in Gen.Select(Gen.Int[1, 6], Gen.Frequency((2, Gen.Int[1, 9]), (1, Gen.Int[10, 44])))
        from hasBias in Gen.Bool
        let layer = new Layer(kernel, stride, dilation, before, after, size, groups, channels.Item1 * groups, channels.Item2 * groups, hasBias)
        where layer.Rows.Out > 0 && layer.Columns.Out > 0
        select layer;

    private static readonly Gen<Layer> AnyDepthwise =
        from layer in AnyLayer
        from channels in Gen.Int[2, 40]
        select layer with { Groups = channels, InChannels = channels, OutChannels = channels };

    private static readonly Gen<Layer> AnyByPatches =
        from kernel in Gen.OneOf(Gen.Const(3), Gen.Const(5))
        from before in Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6])
        from after in Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6])
        from size in Gen.Select(Gen.Int[4, 18], Gen.Int[4, 18])
        from channels in Gen.Select(Gen.Int[16, 40], Gen.Int[16, 40])
        from hasBias in Gen.Bool
        let layer = new Layer((kernel, kernel), (1, 1), (1, 1), before, after, size, 1, channels.Item1, channels.Item2, hasBias)
        where layer.Rows.Out > 0 && layer.Columns.Out > 0 && layer.IsByPatches
        select layer;

    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Any_layer_gives_the_outputs_and_gradients_of_PyTorch(int lanes) => AnyLayer.Sample(layer => Check(layer, lanes), iter: 150, threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void The_layers_of_well_known_networks_do_too(int lanes)
    {
        Check(new Layer((5, 5), (1, 1), (1, 1), (2, 2), (2, 2), (28, 28), 1, 3, 16, false), lanes);
        Check(new Layer((5, 5), (1, 1), (1, 1), (2, 2), (2, 2), (14, 14), 1, 16, 32, false), lanes);
        Check(new Layer((7, 7), (2, 2), (1, 1), (3, 3), (3, 3), (33, 32), 1, 3, 64, false), lanes);
        Check(new Layer((1, 1), (2, 2), (1, 1), (0, 0), (0, 0), (8, 8), 1, 64, 128, false), lanes);
        Check(new Layer((1, 1), (1, 1), (1, 1), (0, 0), (0, 0), (40, 40), 1, 24, 96, false), lanes);
        Check(new Layer((3, 3), (1, 1), (1, 1), (1, 1), (1, 1), (7, 7), 8, 64, 64, true), lanes);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Layers_that_are_computed_by_patches_in_part_or_only_look_it_do_too(int lanes)
    {
        Check(new Layer((5, 5), (1, 1), (1, 1), (2, 2), (2, 2), (4, 4), 1, 16, 20, true), lanes); // two samples at a time, and one is left
        Check(new Layer((3, 3), (1, 1), (1, 1), (0, 0), (0, 0), (6, 6), 1, 17, 16, true), lanes); // the gradient alone by patches
        Check(new Layer((7, 7), (1, 1), (1, 1), (3, 3), (1, 1), (4, 4), 1, 16, 16, false), lanes); // a window of which 5 by 5 see the image
        Check(new Layer((3, 3), (2, 2), (1, 1), (1, 1), (1, 1), (12, 12), 1, 16, 16, false), lanes);
        Check(new Layer((3, 3), (1, 1), (2, 2), (2, 2), (2, 2), (12, 12), 1, 16, 16, false), lanes);
        Check(new Layer((3, 5), (1, 1), (1, 1), (1, 2), (1, 2), (12, 12), 1, 16, 16, false), lanes);
    }

    [Theory, MemberData(nameof(Widths))]
    public void A_depthwise_layer_does_too(int lanes) => AnyDepthwise.Sample(
        layer =>
        {
            Check(layer, lanes);
            CheckFolded(layer, lanes);
        },
        iter: 100,
        threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void A_layer_whose_results_are_computed_by_patches_does_too(int lanes) => AnyByPatches.Sample(
        layer =>
        {
            Check(layer, lanes);
            CheckFolded(layer, lanes);
        },
        iter: 60,
        threads: 1);

    [Theory]
    [InlineData(5, 14, 16, 32, true)]
    [InlineData(3, 8, 256, 256, true)]
    [InlineData(3, 28, 256, 512, true)]
    [InlineData(5, 28, 3, 16, false)] // few channels
    [InlineData(3, 4, 512, 512, false)] // one patch
    [InlineData(3, 5, 64, 64, false)] // four patches, most of them beyond the image
    [InlineData(3, 14, 512, 512, false)] // more weights than 16 patches are worth
    [InlineData(7, 28, 16, 16, false)]
    public void Patches_are_taken_where_they_pay(int kernel, int size, int inChannels, int outChannels, bool expected)
    {
        var (before, after) = ((kernel / 2, kernel / 2), (kernel / 2, kernel / 2));
        Assert.Equal(expected, new Layer((kernel, kernel), (1, 1), (1, 1), before, after, (size, size), 1, inChannels, outChannels, false).IsByPatches);
    }

    // Sums of products in float32 are off by 5e-7 here.
    [Theory, MemberData(nameof(Widths))]
    public void Patches_are_off_by_two_millionths_at_most(int lanes)
    {
        foreach (var layer in new[] { new Layer((3, 3), (1, 1), (1, 1), (1, 1), (1, 1), (16, 16), 1, 128, 128, false), new Layer((5, 5), (1, 1), (1, 1), (2, 2), (2, 2), (14, 14), 1, 16, 32, false) })
        {
            using var scope = NewDisposeScope();
            var convolution = layer.Convolution(lanes);
            var (x, weight) = (Referee.Values(layer.InputLength, 1), Referee.Values(layer.WeightLength, 2));
            var (prepared, scratch, y) = (Full(convolution.ForwardLength), Full(convolution.ScratchLength), Full(layer.OutputLength));
            convolution.Prepare(weight, [], prepared, 0, 1);
            convolution.Forward<Identity>(x, prepared, added: [], y, scratch);

            var exact = Referee.Pixels(layer.Run(Referee.Images(x, layer.Rows.Size, layer.Columns.Size, layer.InChannels), layer.Weight(weight), null));
            var error = (exact.reshape(-1) - tensor(y).to(float64)).norm() / exact.norm();
            Assert.InRange(error.item<double>(), 1e-8, 2e-6);
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Folded_weights_give_what_the_batch_norm_behind_gives_and_the_activation_too(int lanes) => AnyLayer.Sample(layer => CheckFolded(layer, lanes), iter: 50, threads: 1);

    [Fact]
    public void A_layer_of_constants_is_the_same_convolution()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = (Referee.Values(6 * 7 * 3, 1), Referee.Values(5 * 3 * 9, 2), Referee.Values(5, 3));
        var (prepared, scratch) = (new float[Conv2d<Small>.PreparedLength], new float[Conv2d<Small>.ScratchLength]);
        var (y, dx, sums) = (new float[3 * 4 * 5], new float[x.Length], new float[2 * Conv2d<Small>.SumsLength]);
        var (weightGradient, biasGradient) = (new float[weight.Length], new float[bias.Length]);

        Conv2d<Small>.Prepare(weight, bias, prepared, 0, 1);
        Conv2d<Small>.Forward(x, prepared, y, scratch);
        Conv2d<Small>.Backward(y, x, prepared, dx, sums.AsSpan(0, Conv2d<Small>.SumsLength), scratch);
        Conv2d<Small>.Backward(y, x, prepared, [], sums.AsSpan(Conv2d<Small>.SumsLength), scratch);
        Conv2d<Small>.Collect(sums, 2, weightGradient, biasGradient, 0, 1);

        var (image, w, b) = (Referee.Images(x, 6, 7, 3), Referee.Tensor(weight, 5, 3, 3, 3), Referee.Tensor(bias, 5));
        var output = nn.functional.conv2d(image, w, b, strides: [2, 2], padding: [1, 1]);
        (output * output.detach()).sum().backward();
        Referee.AssertClose(Referee.Pixels(output), y);
        Referee.AssertClose(Referee.Pixels(image.grad!), dx);
        Referee.AssertClose(2 * w.grad!, weightGradient);
        Referee.AssertClose(2 * b.grad!, biasGradient);
        Assert.All(sums, sum => Assert.Equal(0, sum));
    }

    // Of small images they are computed together, of larger ones some or each by itself.
    private const int Samples = 5;

    private static void Check(Layer layer, int lanes)
    {
        using var scope = NewDisposeScope();
        var convolution = layer.Convolution(lanes);
        var (x, weight, bias) = (Referee.Values(Samples * layer.InputLength, 1), Referee.Values(layer.WeightLength, 2), layer.HasBias ? Referee.Values(layer.OutChannels, 3) : []);
        var (prepared, scratch, y) = (Full(convolution.PreparedLength), Full(convolution.ScratchLength), Full(Samples * layer.OutputLength));

        for (var part = 0; part < 3; part++)
            convolution.Prepare(weight, bias, prepared, part, 3);
        convolution.Forward<Identity>(x, prepared, added: [], y, scratch);

        var (image, w, b) = (Referee.Images(x, layer.Rows.Size, layer.Columns.Size, layer.InChannels), layer.Weight(weight), layer.HasBias ? Referee.Tensor(bias, layer.OutChannels) : null);
        var output = layer.Run(image, w, b);
        Referee.AssertClose(Referee.Pixels(output), y);

        var dy = Referee.Values(Samples * layer.OutputLength, 4);
        var (dx, sums) = (Full(Samples * layer.InputLength), new float[2 * convolution.SumsLength]);
        var (weightGradient, biasGradient) = (new float[weight.Length], new float[bias.Length]);
        Array.Fill(scratch, float.NaN);
        var (own, ownResults) = (3 * layer.InputLength, 3 * layer.OutputLength); // the first worker's three of the five samples
        convolution.Backward(dy.AsSpan(0, ownResults), x.AsSpan(0, own), prepared, dx.AsSpan(0, own), sums.AsSpan(0, convolution.SumsLength), scratch);
        convolution.Backward(dy.AsSpan(ownResults), x.AsSpan(own), prepared, dx.AsSpan(own), sums.AsSpan(convolution.SumsLength), scratch);
        for (var part = 0; part < 3; part++)
            convolution.Collect(sums, 2, convolution.SumsLength, weightGradient, biasGradient, part, 3);

        Assert.All(sums, sum => Assert.Equal(0, sum));
        (output * Referee.Images(dy, layer.Rows.Out, layer.Columns.Out, layer.OutChannels).detach()).sum().backward();
        Referee.AssertClose(Referee.Pixels(image.grad!), dx);
        Referee.AssertClose(w.grad!, weightGradient);
        if (b is not null)
            Referee.AssertClose(b.grad!, biasGradient);
    }

    private static void CheckFolded(Layer layer, int lanes)
    {
        using var scope = NewDisposeScope();
        var convolution = layer.Convolution(lanes);
        var (x, weight, bias) = (Referee.Values(layer.InputLength, 1), Referee.Values(layer.WeightLength, 2), layer.HasBias ? Referee.Values(layer.OutChannels, 3) : []);
        var (scale, shift) = (Referee.Values(layer.OutChannels, 4), Referee.Values(layer.OutChannels, 5));
        var (prepared, scratch, y) = (Full(convolution.ForwardLength), Full(convolution.ScratchLength), Full(layer.OutputLength));

        convolution.PrepareFolded(weight, bias, scale, shift, prepared);
        convolution.Forward<ReLU>(x, prepared, added: [], y, scratch);

        var output = layer.Run(Referee.Images(x, layer.Rows.Size, layer.Columns.Size, layer.InChannels), layer.Weight(weight), layer.HasBias ? Referee.Tensor(bias, layer.OutChannels) : null);
        var normed = (output * tensor(scale).reshape(1, -1, 1, 1)) + tensor(shift).reshape(1, -1, 1, 1);
        Referee.AssertClose(Referee.Pixels(normed.relu()), y);

        var added = Referee.Values(layer.OutputLength, 6);
        var sum = normed + Referee.Images(added, layer.Rows.Out, layer.Columns.Out, layer.OutChannels);
        convolution.Forward<ReLU>(x, prepared, added, y, scratch);
        Referee.AssertClose(Referee.Pixels(sum.relu()), y);
        convolution.Forward<Tanh>(x, prepared, added, y: added, scratch);
        Referee.AssertClose(Referee.Pixels(sum.tanh()), added);
    }

    // What a kernel is to write must not be there already.
    private static float[] Full(int length)
    {
        var values = new float[length];
        Array.Fill(values, float.NaN);
        return values;
    }

    private readonly struct Small : IConv2d
    {
        public static int Height => 6;

        public static int Width => 7;

        public static int InChannels => 3;

        public static int OutHeight => 3;

        public static int OutWidth => 4;

        public static int OutChannels => 5;

        public static int KernelHeight => 3;

        public static int KernelWidth => 3;

        public static int StrideHeight => 2;

        public static int StrideWidth => 2;

        public static int PaddingTop => 1;

        public static int PaddingLeft => 1;
    }

    private sealed record Layer(
        (int Height, int Width) Kernel,
        (int Height, int Width) Stride,
        (int Height, int Width) Dilation,
        (int Top, int Left) Before,
        (int Bottom, int Right) After,
        (int Height, int Width) Size,
        int Groups,
        int InChannels,
        int OutChannels,
        bool HasBias)
    {
        public WindowAxis Rows => Axis(Size.Height, Kernel.Height, Stride.Height, Before.Top, After.Bottom, Dilation.Height);

        public WindowAxis Columns => Axis(Size.Width, Kernel.Width, Stride.Width, Before.Left, After.Right, Dilation.Width);

        public int InputLength => Size.Height * Size.Width * InChannels;

        public int OutputLength => Rows.Out * Columns.Out * OutChannels;

        public int WeightLength => OutChannels * InChannels / Groups * Kernel.Height * Kernel.Width;

        public bool IsByPatches => new ConvolutionShape(Rows, Columns, InChannels, OutChannels, Groups, lanes: 16).Forward().Correlation is not (DenseCorrelation or DepthwiseCorrelation);

        public Convolution Convolution(int lanes) => new(Rows, Columns, InChannels, OutChannels, Groups, HasBias, lanes);

        public Tensor Weight(float[] values) => Referee.Tensor(values, OutChannels, InChannels / Groups, Kernel.Height, Kernel.Width);

        public Tensor Run(Tensor image, Tensor weight, Tensor? bias) => nn.functional.conv2d(
            nn.functional.pad(image, [Before.Left, After.Right, Before.Top, After.Bottom]),
            weight,
            bias,
            strides: [Stride.Height, Stride.Width],
            dilation: [Dilation.Height, Dilation.Width],
            groups: Groups);

        private static WindowAxis Axis(int size, int kernel, int stride, int before, int after, int dilation) =>
            new(size, (int)Math.Floor((double)(size + before + after - ((kernel - 1) * dilation) - 1) / stride) + 1, kernel, stride, before, dilation);
    }
}

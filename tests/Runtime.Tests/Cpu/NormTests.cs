using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Normalisations of rows and of groups of channels give what PyTorch's give.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class NormTests
{
    /// <summary>Of fewer values the gradient is mostly a difference of equal numbers, which float32 can't tell.</summary>
    private const int FewestValues = 4;

    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Layer_norm(int lanes) => Gen.Select(Gen.Int[1, 4], Gen.Int[FewestValues, 100], Gen.Bool, Gen.Bool).Sample(
        (rows, length, hasWeight, hasBias) =>
        {
            (Layer.Rows, Layer.Length, Layer.HasWeight, Layer.HasBias) = (rows, length, hasWeight, hasWeight && hasBias);
            CheckLayerNorm(lanes);
        },
        iter: 60,
        threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void Rms_norm(int lanes) => Gen.Select(Gen.Int[1, 4], Gen.Int[1, 100], Gen.Bool).Sample(
        (rows, length, hasWeight) =>
        {
            (Layer.Rows, Layer.Length, Layer.HasWeight) = (rows, length, hasWeight);
            CheckRmsNorm(lanes);
        },
        iter: 60,
        threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void Group_norm(int lanes) => Gen.Select(Gen.Int[1, 14], Gen.Int[1, 14], Gen.Int[1, 6], Gen.Int[1, 20], Gen.Bool).Where((height, width, _, size, _) => height * width * size >= FewestValues).Sample(
        (height, width, groups, size, hasWeight) =>
        {
            (Layer.Height, Layer.Width, Layer.Groups, Layer.Channels, Layer.HasWeight) = (height, width, groups, groups * size, hasWeight);
            CheckGroupNorm(lanes);
        },
        iter: 60,
        threads: 1);

    private static void CheckLayerNorm(int lanes)
    {
        using var scope = NewDisposeScope();
        var (x, dy) = (Far(Layer.Rows * Layer.Length), Referee.Values(Layer.Rows * Layer.Length, 2));
        var (weight, bias) = (Layer.HasWeight ? Referee.Values(Layer.Length, 3) : [], Layer.HasBias ? Referee.Values(Layer.Length, 4) : []);
        var (prepared, y, dx) = (Referee.Unwritten(LayerNorm<Layer>.PreparedLength), Referee.Unwritten(x.Length), Referee.Unwritten(x.Length));
        var sums = new float[2 * LayerNorm<Layer>.SumsLength];
        var (weightGradient, biasGradient) = (new float[weight.Length], new float[bias.Length]);

        LayerNorm<Layer>.Prepare(weight, bias, prepared);
        LayerNorm<Layer>.Forward(x, prepared, y, [], lanes);
        LayerNorm<Layer>.Backward(dy, x, prepared, dx, sums.AsSpan(LayerNorm<Layer>.SumsLength), [], lanes);
        LayerNorm<Layer>.Backward(dy, x, prepared, [], sums.AsSpan(0, LayerNorm<Layer>.SumsLength), [], lanes);
        LayerNorm<Layer>.Collect(sums, 2, weightGradient, biasGradient);

        var input = Referee.Tensor(x, Layer.Rows, Layer.Length);
        var (w, b) = (Layer.HasWeight ? Referee.Tensor(weight, Layer.Length) : null, Layer.HasBias ? Referee.Tensor(bias, Layer.Length) : null);
        var output = nn.functional.layer_norm(input, [Layer.Length], w, b, Layer.Epsilon);
        Compare(output, dy, (input, dx), y, (w, weightGradient), (b, biasGradient), sums);
    }

    private static void CheckRmsNorm(int lanes)
    {
        using var scope = NewDisposeScope();
        var (x, dy) = (Far(Layer.Rows * Layer.Length), Referee.Values(Layer.Rows * Layer.Length, 2));
        var weight = Layer.HasWeight ? Referee.Values(Layer.Length, 3) : [];
        var (prepared, y, dx) = (Referee.Unwritten(RMSNorm<Layer>.PreparedLength), Referee.Unwritten(x.Length), Referee.Unwritten(x.Length));
        var (sums, weightGradient) = (new float[2 * RMSNorm<Layer>.SumsLength], new float[weight.Length]);

        RMSNorm<Layer>.Prepare(weight, prepared);
        RMSNorm<Layer>.Forward(x, prepared, y, [], lanes);
        RMSNorm<Layer>.Backward(dy, x, prepared, dx, sums.AsSpan(RMSNorm<Layer>.SumsLength), [], lanes);
        RMSNorm<Layer>.Backward(dy, x, prepared, [], sums.AsSpan(0, RMSNorm<Layer>.SumsLength), [], lanes);
        RMSNorm<Layer>.Collect(sums, 2, weightGradient);

        var input = Referee.Tensor(x, Layer.Rows, Layer.Length);
        var w = Layer.HasWeight ? Referee.Tensor(weight, Layer.Length) : null;
        var normal = input / (input.square().mean([-1], keepdim: true) + Layer.Epsilon).sqrt();
        Compare(w is null ? normal : normal * w, dy, (input, dx), y, (w, weightGradient), (null, []), sums);
    }

    private static void CheckGroupNorm(int lanes)
    {
        using var scope = NewDisposeScope();
        var length = Layer.Height * Layer.Width * Layer.Channels;
        var (x, dy) = (Far(length), Referee.Values(length, 2));
        var (weight, bias) = (Layer.HasWeight ? Referee.Values(Layer.Channels, 3) : [], Layer.HasWeight ? Referee.Values(Layer.Channels, 4) : []);
        var (prepared, y, dx) = (Referee.Unwritten(GroupNorm<Layer>.PreparedLength), Referee.Unwritten(length), Referee.Unwritten(length));
        var (scratch, sums) = (Referee.Unwritten(GroupNorm<Layer>.ScratchLength), new float[2 * GroupNorm<Layer>.SumsLength]);
        var (weightGradient, biasGradient) = (new float[weight.Length], new float[bias.Length]);

        GroupNorm<Layer>.Prepare(weight, bias, prepared);
        GroupNorm<Layer>.Forward(x, prepared, y, scratch, lanes);
        Array.Fill(scratch, float.NaN);
        GroupNorm<Layer>.Backward(dy, x, prepared, dx, sums.AsSpan(GroupNorm<Layer>.SumsLength), scratch, lanes);
        GroupNorm<Layer>.Backward(dy, x, prepared, [], sums.AsSpan(0, GroupNorm<Layer>.SumsLength), scratch, lanes);
        GroupNorm<Layer>.Collect(sums, 2, weightGradient, biasGradient);

        var image = Referee.Images(x, Layer.Height, Layer.Width, Layer.Channels);
        var (w, b) = (Layer.HasWeight ? Referee.Tensor(weight, Layer.Channels) : null, Layer.HasWeight ? Referee.Tensor(bias, Layer.Channels) : null);
        var output = nn.functional.group_norm(image, Layer.Groups, w, b, Layer.Epsilon);
        (output * Referee.Images(dy, Layer.Height, Layer.Width, Layer.Channels).detach()).sum().backward();
        Referee.AssertClose(Referee.Pixels(output), y);
        Referee.AssertClose(Referee.Pixels(image.grad!), dx);
        AssertParameters((w, weightGradient), (b, biasGradient), sums);
    }

    // With a mean that is no smaller than the deviation.
    private static float[] Far(int count) => [.. Referee.Values(count, 1).Select(value => value + 2)];

    private static void Compare(Tensor output, float[] dy, (Tensor Input, float[] Gradient) x, float[] y, (Tensor? Tensor, float[] Gradient) weight, (Tensor? Tensor, float[] Gradient) bias, float[] sums)
    {
        (output * tensor(dy).reshape(output.shape)).sum().backward();
        Referee.AssertClose(output, y);
        Referee.AssertClose(x.Input.grad!, x.Gradient);
        AssertParameters(weight, bias, sums);
    }

    private static void AssertParameters((Tensor? Tensor, float[] Gradient) weight, (Tensor? Tensor, float[] Gradient) bias, float[] sums)
    {
        if (weight.Tensor is not null)
            Referee.AssertClose(2 * weight.Tensor.grad!, weight.Gradient);
        if (bias.Tensor is not null)
            Referee.AssertClose(2 * bias.Tensor.grad!, bias.Gradient);
        Assert.All(sums, sum => Assert.Equal(0, sum));
    }

    private readonly struct Layer : ILayerNorm, IRMSNorm, IGroupNorm
    {
        public static int Rows { get; set; }

        public static int Length { get; set; }

        public static int Height { get; set; }

        public static int Width { get; set; }

        public static int Channels { get; set; }

        public static int Groups { get; set; }

        public static double Epsilon => 1e-3;

        public static bool HasWeight { get; set; }

        public static bool HasBias { get; set; }
    }
}

using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Every loss and its gradient are PyTorch's in double precision.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class LossTests
{
    private const int Classes = 5;

    private static readonly Gen<float[][]> Outputs = Gen.Float[-8, 8].Array[Classes].Array[1, 6];

    private static readonly Gen<float> Certain = Gen.Bool.Select(holds => holds ? 1f : 0f);

    private delegate double Divide<TRight>(TRight[] right);

    private delegate double Value<TRight>(float[] output, TRight right);

    private delegate void Slope<TRight>(float[] output, TRight right, double divisor, float[] gradient);

    public LossTests() => LibTorch.Configure(0, 1);

    [Fact]
    public void Negative_log_likelihood() => CheckClasses(
        labels => Nll<Plain>.Divisor(labels), (output, label) => Nll<Plain>.Value(output, label), (output, label, divisor, gradient) => Nll<Plain>.Gradient(output, label, divisor, gradient),
        (output, labels) => nn.functional.nll_loss(output, labels));

    [Fact]
    public void Negative_log_likelihood_of_weighted_classes() => CheckClasses(
        labels => Nll<Weighted>.Divisor(labels), (output, label) => Nll<Weighted>.Value(output, label), (output, label, divisor, gradient) => Nll<Weighted>.Gradient(output, label, divisor, gradient),
        (output, labels) => nn.functional.nll_loss(output, labels, weight: Weights()));

    [Fact]
    public void Cross_entropy() => CheckClasses(
        labels => CrossEntropy<Plain>.Divisor(labels), (output, label) => CrossEntropy<Plain>.Value(output, label), (output, label, divisor, gradient) => CrossEntropy<Plain>.Gradient(output, label, divisor, gradient),
        (output, labels) => nn.functional.cross_entropy(output, labels));

    [Fact]
    public void Cross_entropy_of_smoothed_labels() => CheckClasses(
        labels => CrossEntropy<Smoothed>.Divisor(labels), (output, label) => CrossEntropy<Smoothed>.Value(output, label), (output, label, divisor, gradient) => CrossEntropy<Smoothed>.Gradient(output, label, divisor, gradient),
        (output, labels) => nn.functional.cross_entropy(output, labels, label_smoothing: 0.1));

    [Fact]
    public void Cross_entropy_of_smoothed_labels_and_weighted_classes() => CheckClasses(
        labels => CrossEntropy<Weighted>.Divisor(labels), (output, label) => CrossEntropy<Weighted>.Value(output, label), (output, label, divisor, gradient) => CrossEntropy<Weighted>.Gradient(output, label, divisor, gradient),
        (output, labels) => nn.functional.cross_entropy(output, labels, weight: Weights(), label_smoothing: 0.25));

    [Theory]
    [InlineData(1e4f)]
    [InlineData(-1e4f)]
    public void Cross_entropy_of_outputs_that_no_exponential_has(float output) =>
        Assert.Equal(Math.Log(3), CrossEntropy<Plain>.Value([output, output, output], 1), 1e-12);

    [Fact]
    public void Mean_squared_error() => CheckNumbers(
        Gen.Float[-3, 3], samples => Mse<Plain>.Divisor(samples), (output, target) => Mse<Plain>.Value(output, target),
        (output, target, divisor, gradient) => Mse<Plain>.Gradient(output, target, divisor, gradient), (output, target) => nn.functional.mse_loss(output, target));

    [Fact]
    public void Mean_absolute_error() => CheckNumbers(
        Gen.Float[-3, 3], samples => L1<Plain>.Divisor(samples), (output, target) => L1<Plain>.Value(output, target),
        (output, target, divisor, gradient) => L1<Plain>.Gradient(output, target, divisor, gradient), (output, target) => nn.functional.l1_loss(output, target));

    [Fact]
    public void Smooth_absolute_error() => CheckNumbers(
        Gen.Float[-3, 3], samples => SmoothL1<Plain>.Divisor(samples), (output, target) => SmoothL1<Plain>.Value(output, target),
        (output, target, divisor, gradient) => SmoothL1<Plain>.Gradient(output, target, divisor, gradient), (output, target) => nn.functional.smooth_l1_loss(output, target, beta: 0.7));

    [Fact]
    public void Huber_loss() => CheckNumbers(
        Gen.Float[-3, 3], samples => Huber<Plain>.Divisor(samples), (output, target) => Huber<Plain>.Value(output, target),
        (output, target, divisor, gradient) => Huber<Plain>.Gradient(output, target, divisor, gradient), (output, target) => nn.functional.huber_loss(output, target, delta: 1.5));

    [Fact]
    public void Binary_cross_entropy() => CheckNumbers(
        Gen.Float[0.001f, 0.999f], samples => Bce<Plain>.Divisor(samples), (output, target) => Bce<Plain>.Value(output, target),
        (output, target, divisor, gradient) => Bce<Plain>.Gradient(output, target, divisor, gradient), (output, target) => nn.functional.binary_cross_entropy(output, target), unit: true);

    [Fact]
    public void Binary_cross_entropy_of_outputs_that_are_certain() => CheckNumbers(
        Certain, samples => Bce<Plain>.Divisor(samples), (output, target) => Bce<Plain>.Value(output, target),
        (output, target, divisor, gradient) => Bce<Plain>.Gradient(output, target, divisor, gradient), (output, target) => nn.functional.binary_cross_entropy(output, target), unit: true);

    [Fact]
    public void Binary_cross_entropy_with_logits() => CheckNumbers(
        Gen.Float[-200, 200], samples => BceWithLogits<Plain>.Divisor(samples), (output, target) => BceWithLogits<Plain>.Value(output, target),
        (output, target, divisor, gradient) => BceWithLogits<Plain>.Gradient(output, target, divisor, gradient), (output, target) => nn.functional.binary_cross_entropy_with_logits(output, target), unit: true);

    [Fact]
    public void Kullback_Leibler_divergence() => CheckNumbers(
        Gen.Float[-6, 0], KlDiv.Divisor, (output, target) => KlDiv.Value(output, target),
        (output, target, divisor, gradient) => KlDiv.Gradient(output, target, divisor, gradient), Distributions.Divergence, unit: true);

    private static Tensor Weights() => tensor(Weighted.ClassWeights.ToArray().Select(weight => (double)weight).ToArray());

    private static void CheckClasses(Divide<int> divide, Value<int> value, Slope<int> slope, Func<Tensor, Tensor, Tensor> expected) =>
        Gen.Select(Outputs, Gen.Int[0, Classes - 1].Array[6]).Sample(
            (outputs, all) =>
            {
                var labels = all[..outputs.Length];
                Check(outputs, labels, divide(labels), value, slope, output => expected(output, tensor(labels.Select(label => (long)label).ToArray())));
            },
            iter: 100);

    /// <summary>Targets are from -3 to 3, or where they are probabilities from 0 to 1, those two among them.</summary>
    private static void CheckNumbers(
        Gen<float> outputs, Func<int, double> divide, Value<float[]> value, Slope<float[]> slope, Func<Tensor, Tensor, Tensor> expected, bool unit = false)
    {
        var targets = unit ? Gen.OneOf(Gen.Float[0, 1], Certain) : Gen.Float[-3, 3];
        Gen.Select(outputs, targets).Array[Classes].Array[1, 6].Sample(
            pairs =>
            {
                var target = pairs.Select(row => row.Select(pair => pair.Item2).ToArray()).ToArray();
                Check([.. pairs.Select(row => row.Select(pair => pair.Item1).ToArray())], target, divide(pairs.Length), value, slope, output => expected(output, Rows(target)));
            },
            iter: 100);
    }

    private static void Check<TRight>(float[][] outputs, TRight[] right, double divisor, Value<TRight> value, Slope<TRight> slope, Func<Tensor, Tensor> expected)
    {
        using var scope = NewDisposeScope();
        var output = Rows(outputs).requires_grad_();
        var loss = expected(output);
        loss.backward();
        var gradients = output.grad!.data<double>().ToArray();

        var actual = outputs.Zip(right, (sample, answer) => value(sample, answer)).Sum() / divisor;
        Assert.InRange(Math.Abs(actual - loss.item<double>()), 0, 1e-6 * Math.Max(1, Math.Abs(actual)));
        for (var i = 0; i < outputs.Length; i++)
        {
            var gradient = Enumerable.Repeat(float.NaN, Classes).ToArray();
            slope(outputs[i], right[i], divisor, gradient);
            Assert.All(gradient.Zip(gradients[(i * Classes)..]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, (1e-6 * Math.Abs(pair.Second)) + 1e-30));
        }
    }

    private static Tensor Rows(float[][] rows) => tensor(rows.SelectMany(row => row.Select(value => (double)value)).ToArray()).reshape(rows.Length, Classes);

    private readonly struct Plain : ICrossEntropy, ISmoothL1, IHuber
    {
        public static ReadOnlySpan<float> ClassWeights => [];

        public static double LabelSmoothing => 0;

        public static int Targets => Classes;

        public static double Beta => 0.7;

        public static double Delta => 1.5;
    }

    private readonly struct Smoothed : ICrossEntropy
    {
        public static ReadOnlySpan<float> ClassWeights => [];

        public static double LabelSmoothing => 0.1;
    }

    private readonly struct Weighted : ICrossEntropy
    {
        public static ReadOnlySpan<float> ClassWeights => [0.5f, 1, 2.25f, 0.125f, 3];

        public static double LabelSmoothing => 0.25;
    }
}

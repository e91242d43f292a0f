using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Batch norms with activation and pool, and those that end a residual, give what PyTorch's three layers give.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class BatchNormTests
{
    private const int Workers = 2;

    // Few values may by chance be nearly the same: then float32 has no five digits of a gradient left.
    private static readonly Gen<Layer> AnyLayer =
        from size in Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9])
        from channels in Gen.Frequency((2, Gen.Int[1, 9]), (1, Gen.Int[10, 44]))
        from samples in Gen.Int[2, 5]
        from pool in Gen.Int[1, Math.Min(4, Math.Min(size.Item1, size.Item2))]
        from isAffine in Gen.Bool
        from mean in Gen.Double[-3, 3]
        where samples * size.Item1 * size.Item2 >= 16
        select new Layer(size.Item1, size.Item2, channels, pool, samples, isAffine, (float)mean);

    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Training_gives_the_outputs_gradients_and_running_statistics_of_PyTorch(int lanes) => AnyLayer.Sample(layer => Train<ReLU>(layer, lanes), iter: 100, threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void Without_an_activation_too(int lanes) => AnyLayer.Sample(layer => Train<Identity>(layer, lanes), iter: 50, threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void The_end_of_a_residual_has_the_outputs_and_gradients_of_PyTorch(int lanes) => AnyLayer.Sample(layer => TrainEnd(layer with { Pool = 1 }, lanes), iter: 100, threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void The_end_of_a_residual_has_the_bits_of_a_norm_a_sum_and_an_activation(int lanes) => AnyLayer.Sample(
        layer =>
        {
            var shape = layer.Shape with { Pool = 1 };
            var (end, norm) = (new BatchNormalisation<ReLU6>(shape, 1e-5, 0.1, lanes), new BatchNormalisation<Identity>(shape, 1e-5, 0.1, lanes));
            var (x, added, dy) = (Referee.Values(shape.Length, 1), Referee.Values(shape.Length, 2), Referee.Values(shape.Length, 3));
            var (state, sums, sameSums) = (new float[norm.StateLength], new double[norm.SumsLength], new double[norm.SumsLength]);
            var (sum, sameY, sameDy) = (Referee.Unwritten(shape.Length), Referee.Unwritten(shape.Length), Referee.Unwritten(shape.Length));
            norm.UseRunning(Referee.Values(shape.Channels, 4).Select(weight => 9 * weight).ToArray(), Referee.Values(shape.Channels, 5), new float[shape.Channels], [.. Enumerable.Repeat(1f, shape.Channels)], state);
            norm.Forward(x, state, sum);
            Elementwise.Pair(default(Sum), sum, added, sum, lanes);
            Elementwise.Map<ReLU6>(sum, sameY, lanes);
            Elementwise.Pair(default(Chained<ReLU6>), dy, sum, sameDy, lanes);
            norm.AddGradientSums(sameDy, x, state, sameSums);

            var y = Referee.Unwritten(shape.Length);
            end.ForwardAdded(x, state, added, y);
            end.AddGradientSumsAdded(dy, x, y, state, sums);

            Assert.Equal(sameY, y);
            Assert.Equal(sameDy, dy);
            Assert.All(sums.Zip(sameSums), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        },
        iter: 50,
        threads: 1);

    [Fact]
    public void The_sums_of_a_large_image_are_exact()
    {
        var norm = new BatchNormalisation<ReLU>(new PooledShape(50, 50, 3, 1), 0, 0.1, ModelGen.Cpu.Simd.Columns.Widest);
        var (x, y, dy) = (Referee.Values(7500, 1), Referee.Values(7500, 2), Referee.Values(7500, 3));
        var (state, sums) = (new float[norm.StateLength], new double[norm.SumsLength]);
        norm.UseRunning([], [], [0.5f, 0, -0.5f], [1, 1, 1], state);

        norm.AddGradientSumsAdded(dy, x, y, state, sums);

        for (var channel = 0; channel < 3; channel++)
        {
            var pixels = Enumerable.Range(0, 2500).Select(pixel => (3 * pixel) + channel).ToArray();
            Assert.Equal(pixels.Sum(i => (double)dy[i]), sums[channel], 1e-4);
            Assert.Equal(pixels.Sum(i => (double)dy[i] * (x[i] - (0.5 - (0.5 * channel)))), sums[3 + channel], 1e-4);
            Assert.All(pixels, i => Assert.True(y[i] > 0 || dy[i] == 0));
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Predicting_uses_the_running_statistics(int lanes) => AnyLayer.Sample(layer => Predict(layer, lanes), iter: 50, threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void The_first_of_equal_values_takes_the_gradient(int lanes)
    {
        for (var pool = 1; pool <= 3; pool++)
        {
            var (shape, state) = (new PooledShape(pool, pool, 17, pool), new float[NormState.Vectors * 17]);
            var norm = new BatchNormalisation<Identity>(shape, 0, 0.1, lanes);
            var (x, dy, dx) = (new float[shape.Length], new float[17], new float[shape.Length]);
            Array.Fill(x, 2);
            Array.Fill(dy, 3);
            norm.UseRunning([], [], new float[17], [.. Enumerable.Repeat(1f, 17)], state);

            norm.Backward(dy, x, state, dx);

            Assert.Equal([.. Enumerable.Repeat(3f, 17), .. Enumerable.Repeat(0f, dx.Length - 17)], dx);
        }
    }

    [Fact]
    public void Statistics_of_values_far_from_zero_are_exact_where_the_running_mean_is_near()
    {
        var norm = new BatchNormalisation<Identity>(new PooledShape(50, 50, 1, 1), 0, 0.1, 1);
        var x = Referee.Values(2500, 1);
        var (far, sums, state) = (x.Select(value => value + 10_000).ToArray(), new double[norm.SumsLength], new float[norm.StateLength]);
        float[] mean = [9_999], variance = [1];

        norm.AddStatistics(far, mean, sums);
        norm.Normalize(sums, 1, 1, [], [], mean, variance, state);

        var average = far.Average(value => (double)value);
        var deviation = Math.Sqrt(far.Average(value => (value - average) * (value - average)));
        Assert.InRange(1 / state[NormState.Precision], deviation * (1 - 1e-6), deviation * (1 + 1e-6));
    }

    [Fact]
    public void A_layer_of_constants_is_the_same_norm()
    {
        var x = Referee.Values(5 * 4 * 3, 1);
        var norm = new BatchNormalisation<ReLU>(new PooledShape(5, 4, 3, 2), 0.01, 0.3, ModelGen.Cpu.Simd.Columns.Widest);
        float[] mean = [1, 2, 3], variance = [4, 5, 6], sameMean = [1, 2, 3], sameVariance = [4, 5, 6];
        float[] state = new float[norm.StateLength], sameState = new float[BatchNorm<Small, ReLU>.StateLength];
        double[] sums = new double[norm.SumsLength], sameSums = new double[BatchNorm<Small, ReLU>.SumsLength];
        float[] y = new float[12], sameY = new float[12], dx = new float[60], sameDx = new float[60], gradient = new float[3], sameGradient = new float[3];
        float[] winners = new float[12], sameWinners = new float[12], weight = [1, -2, 3];

        norm.AddStatistics(x, weight, mean, winners, sums);
        norm.Normalize(sums, 1, 1, weight, [4, 5, 6], mean, variance, state);
        norm.ForwardWinners(winners, state, y);
        norm.AddGradientSums(y, winners, state, sums);
        norm.Collect(sums, 1, 1, state, gradient, new float[3]);
        norm.Backward(y, x, state, dx);
        BatchNorm<Small, ReLU>.AddStatistics(x, weight, sameMean, sameWinners, sameSums);
        BatchNorm<Small, ReLU>.Normalize(sameSums, 1, 1, weight, [4, 5, 6], sameMean, sameVariance, sameState);
        BatchNorm<Small, ReLU>.ForwardWinners(sameWinners, sameState, sameY);
        BatchNorm<Small, ReLU>.AddGradientSums(sameY, sameWinners, sameState, sameSums);
        BatchNorm<Small, ReLU>.Collect(sameSums, 1, 1, sameState, sameGradient, new float[3]);
        BatchNorm<Small, ReLU>.Backward(sameY, x, sameState, sameDx);

        Assert.Equal([.. y, .. dx, .. state, .. mean, .. variance, .. gradient], (float[])[.. sameY, .. sameDx, .. sameState, .. sameMean, .. sameVariance, .. sameGradient]);
        BatchNorm<Small, ReLU>.UseRunning([], [], [1, 2, 3], [0.99f, 0.99f, 0.99f], sameState);
        Assert.Equal([1, 1, 1, -1, -2, -3], sameState[..6]);
    }

    [Fact]
    public void So_it_is_at_the_end_of_a_residual()
    {
        var norm = new BatchNormalisation<ReLU>(new PooledShape(5, 4, 3, 1), 0.01, 0.3, ModelGen.Cpu.Simd.Columns.Widest);
        var (x, added, dy, sameDy, state) = (Referee.Values(60, 1), Referee.Values(60, 2), Referee.Values(60, 3), Referee.Values(60, 3), new float[norm.StateLength]);
        double[] sums = new double[norm.SumsLength], sameSums = new double[norm.SumsLength];
        float[] y = new float[60], sameY = new float[60], dx = new float[60], sameDx = new float[60];
        norm.UseRunning([1, 2, 3], [4, 5, 6], [1, 2, 3], [4, 5, 6], state);

        norm.ForwardAdded(x, state, added, y);
        norm.AddGradientSumsAdded(dy, x, y, state, sums);
        norm.BackwardAdded(dy, x, state, dx);
        BatchNorm<Whole, ReLU>.ForwardAdded(x, state, added, sameY);
        BatchNorm<Whole, ReLU>.AddGradientSumsAdded(sameDy, x, sameY, state, sameSums);
        BatchNorm<Whole, ReLU>.BackwardAdded(sameDy, x, state, sameDx);

        Assert.Equal([.. y, .. dy, .. dx], (float[])[.. sameY, .. sameDy, .. sameDx]);
        Assert.Equal(sums, sameSums);
    }

    private static void Train<TActivation>(Layer layer, int lanes)
        where TActivation : struct, IActivation
    {
        using var scope = NewDisposeScope();
        var norm = new BatchNormalisation<TActivation>(layer.Shape, 1e-5, 0.1, lanes);
        var (sums, state) = (new double[Workers * norm.SumsLength], new float[norm.StateLength]);
        var (x, dy) = (layer.X(), Referee.Values(layer.Samples * layer.Shape.OutLength, 2));
        var (weight, bias) = layer.Affine();
        var winners = layer.Pool == 1 ? x.ToArray() : new float[dy.Length]; // x becomes its gradient
        var (mean, variance) = (Referee.Values(layer.Channels, 5), Referee.Values(layer.Channels, 6));
        var (image, w, b) = (Referee.Images(x, layer.Height, layer.Width, layer.Channels), layer.Trained(weight), layer.Trained(bias));
        var (runningMean, runningVariance) = (tensor(mean).to(float64), tensor(variance).to(float64));
        var (normed, output) = layer.Run<TActivation>(image, w, b, runningMean, runningVariance, isTraining: true);
        if (typeof(TActivation) == typeof(ReLU) && normed.abs().min().item<double>() < 1e-5)
            return; // On which side of its kink such a value falls is up to rounding.

        Span<double> Worker(int sample) => sums.AsSpan(sample % Workers * norm.SumsLength, norm.SumsLength);
        for (var sample = 0; sample < layer.Samples; sample++)
        {
            if (layer.Pool == 1)
                norm.AddStatistics(layer.Image(x, sample), mean, Worker(sample));
            else
                norm.AddStatistics(layer.Image(x, sample), weight, mean, layer.Pooled(winners, sample), Worker(sample));
        }

        norm.Normalize(sums, Workers, layer.Samples, weight, bias, mean, variance, state);
        var y = new float[dy.Length];
        for (var sample = 0; sample < layer.Samples; sample++)
            norm.ForwardWinners(layer.Pooled(winners, sample), state, layer.Pooled(y, sample));

        Referee.AssertClose(Referee.Pixels(output), y);
        Referee.AssertClose(runningMean, mean);
        Referee.AssertClose(runningVariance, variance);

        for (var sample = 0; sample < layer.Samples; sample++)
            norm.AddGradientSums(layer.Pooled(dy, sample), layer.Pooled(winners, sample), state, Worker(sample));
        var (weightGradient, biasGradient) = (new float[weight.Length], new float[bias.Length]);
        norm.Collect(sums, Workers, layer.Samples, state, weightGradient, biasGradient);
        for (var sample = 0; sample < layer.Samples; sample++)
            norm.Backward(layer.Pooled(dy, sample), layer.Image(x, sample), state, layer.Image(x, sample));

        (output * Referee.Images(dy, layer.Shape.OutHeight, layer.Shape.OutWidth, layer.Channels).detach()).sum().backward();
        Referee.AssertClose(Referee.Pixels(image.grad!), x);
        if (w is not null && b is not null)
        {
            Referee.AssertClose(w.grad!, weightGradient);
            Referee.AssertClose(b.grad!, biasGradient);
        }

        Assert.All(sums, sum => Assert.Equal(0, sum));
    }

    private static void TrainEnd(Layer layer, int lanes)
    {
        using var scope = NewDisposeScope();
        var norm = new BatchNormalisation<ReLU>(layer.Shape, 1e-5, 0.1, lanes);
        var (sums, state) = (new double[Workers * norm.SumsLength], new float[norm.StateLength]);
        var (x, added, dy) = (layer.X(), Referee.Values(layer.Samples * layer.Shape.Length, 7), Referee.Values(layer.Samples * layer.Shape.Length, 2));
        var (weight, bias) = layer.Affine();
        var (image, w, b) = (Referee.Images(x, layer.Height, layer.Width, layer.Channels), layer.Trained(weight), layer.Trained(bias));
        var (other, gradient) = (Referee.Images(added, layer.Height, layer.Width, layer.Channels), Referee.Images(dy, layer.Height, layer.Width, layer.Channels).detach());
        var sum = nn.functional.batch_norm(image, null, null, w, b, training: true) + other;
        if (sum.abs().min().item<double>() < 1e-5)
            return; // On which side of its kink such a value falls is up to rounding.

        Span<double> Worker(int sample) => sums.AsSpan(sample % Workers * norm.SumsLength, norm.SumsLength);
        for (var sample = 0; sample < layer.Samples; sample++)
            norm.AddStatistics(layer.Image(x, sample), [], Worker(sample));
        norm.Normalize(sums, Workers, layer.Samples, weight, bias, [], [], state);
        var y = Referee.Unwritten(dy.Length);
        for (var sample = 0; sample < layer.Samples; sample++)
            norm.ForwardAdded(layer.Image(x, sample), state, layer.Image(added, sample), layer.Image(y, sample));
        for (var sample = 0; sample < layer.Samples; sample++)
            norm.AddGradientSumsAdded(layer.Image(dy, sample), layer.Image(x, sample), layer.Image(y, sample), state, Worker(sample));
        var (weightGradient, biasGradient) = (new float[weight.Length], new float[bias.Length]);
        norm.Collect(sums, Workers, layer.Samples, state, weightGradient, biasGradient);
        for (var sample = 0; sample < layer.Samples; sample++)
            norm.BackwardAdded(layer.Image(dy, sample), layer.Image(x, sample), state, layer.Image(x, sample));

        var output = sum.relu();
        (output * gradient).sum().backward();
        Referee.AssertClose(Referee.Pixels(output), y);
        Referee.AssertClose(Referee.Pixels(other.grad!), dy);
        Referee.AssertClose(Referee.Pixels(image.grad!), x);
        if (w is not null && b is not null)
        {
            Referee.AssertClose(w.grad!, weightGradient);
            Referee.AssertClose(b.grad!, biasGradient);
        }
    }

    private static void Predict(Layer layer, int lanes)
    {
        using var scope = NewDisposeScope();
        var norm = new BatchNormalisation<ReLU>(layer.Shape, 1e-5, 0.1, lanes);
        var (x, state) = (layer.X(), new float[norm.StateLength]);
        var (weight, bias) = layer.Affine();
        var (mean, variance) = (Referee.Values(layer.Channels, 5), Referee.Values(layer.Channels, 6).Select(Math.Abs).ToArray());
        var y = new float[layer.Samples * layer.Shape.OutLength];

        norm.UseRunning(weight, bias, mean, variance, state);
        for (var sample = 0; sample < layer.Samples; sample++)
            norm.Forward(layer.Image(x, sample), state, layer.Pooled(y, sample));

        var (_, output) = layer.Run<ReLU>(
            Referee.Images(x, layer.Height, layer.Width, layer.Channels), layer.Trained(weight), layer.Trained(bias), tensor(mean).to(float64), tensor(variance).to(float64), isTraining: false);
        Referee.AssertClose(Referee.Pixels(output), y);
    }

    private readonly struct Small : IBatchNorm
    {
        public static int Height => 5;

        public static int Width => 4;

        public static int Channels => 3;

        public static int PoolSize => 2;

        public static double Epsilon => 0.01;

        public static double Momentum => 0.3;
    }

    private readonly struct Whole : IBatchNorm
    {
        public static int Height => 5;

        public static int Width => 4;

        public static int Channels => 3;
    }

    private sealed record Layer(int Height, int Width, int Channels, int Pool, int Samples, bool IsAffine, float Mean)
    {
        public PooledShape Shape => new(Height, Width, Channels, Pool);

        /// <summary>Values that are equal, or clearly not.</summary>
        public float[] X() => [.. Referee.Values(Samples * Shape.Length, 1).Select(value => (MathF.Round(value * 64) / 64) + Mean)];

        /// <summary>A channel of weight zero is among them: there all of a window are equally large, and the first of them wins.</summary>
        public (float[] Weight, float[] Bias) Affine() => IsAffine ? ([0, .. Referee.Values(Channels, 3)[1..]], Referee.Values(Channels, 4)) : ([], []);

        public Tensor? Trained(float[] values) => IsAffine ? Referee.Tensor(values, Channels) : null;

        public Span<float> Image(float[] x, int sample) => x.AsSpan(sample * Shape.Length, Shape.Length);

        public Span<float> Pooled(float[] y, int sample) => y.AsSpan(sample * Shape.OutLength, Shape.OutLength);

        public (Tensor Normed, Tensor Output) Run<TActivation>(Tensor image, Tensor? weight, Tensor? bias, Tensor mean, Tensor variance, bool isTraining)
        {
            var normed = nn.functional.batch_norm(image, mean, variance, weight, bias, training: isTraining);
            return (normed, nn.functional.max_pool2d(typeof(TActivation) == typeof(ReLU) ? normed.relu() : normed, Pool));
        }
    }
}

using ModelGen.Cpu;
using ModelGen.Cpu.Kernels;
using ModelGen.Data;
using ModelGen.Tests.Training;
using ModelGen.Training;

namespace ModelGen.Tests.Cpu;

/// <summary>A linear classifier of images and its training loop, as a network is generated: phases that a team shares, and nothing allocated between them.</summary>
internal sealed class SoftmaxRegression : Network, IDisposable
{
    public const int Classes = 4;
    public const int BatchSize = 8;

    private readonly Parameter _weight = new("fc1.weight", [Classes, Image.Length]);
    private readonly Parameter _bias = new("fc1.bias", [Classes]);
    private readonly float[] _input = new float[BatchSize * Image.Length];
    private readonly float[] _output = new float[BatchSize * Classes];
    private readonly float[] _gradient = new float[BatchSize * Classes];
    private readonly ClassificationTotals _totals;
    private readonly AdamW _optimizer;
    private readonly Mt19937 _random;
    private readonly Team _team;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private ImageBatch _batch = null!; // during a step
    private double _divisor;

    public SoftmaxRegression(int seed, int workers)
    {
        _random = new Mt19937(seed);
        Initial.KaimingUniform(_random, _weight);
        Initial.BiasUniform(_random, _bias, _weight);
        _optimizer = new AdamW(Parameters);
        _totals = new ClassificationTotals(workers);
        _team = new Team(workers);
        (_forward, _backward) = (Forward, Backward);
        State = new TrainingState(this, _optimizer, _totals, _random);
    }

    public override IReadOnlyList<Parameter> Parameters => [_weight, _bias];

    public override IReadOnlyList<(string Path, int Version)> Modules => [("", 1), ("fc1", 1)];

    public TrainingState State { get; }

    public Scores Train(ImageSet images, int[] order, int skip = 0, int most = int.MaxValue)
    {
        if (skip == 0)
            _totals.Reset();
        foreach (var batch in new ImageBatches(images, new TestOptions { BatchSize = BatchSize }).Read(order, skip: skip).Take(most))
            Step(batch);
        return _totals.Read();
    }

    public void Dispose() => _team.Dispose();

    private void Step(ImageBatch batch)
    {
        _batch = batch;
        _divisor = CrossEntropy<Loss>.Divisor(batch.Labels);
        _team.Run(_forward);
        Divergence.Check(_totals.EndBatch(_divisor), this, _optimizer.StepCount + 1);
        _optimizer.ZeroGradients();
        _team.Run(_backward);
        _optimizer.Step(0.01, _team);
    }

    private void Forward(int worker)
    {
        var (first, end) = _team.Share(worker, _batch.Count);
        for (var n = first; n < end; n++)
        {
            var input = _input.AsSpan(n * Image.Length, Image.Length);
            var output = _output.AsSpan(n * Classes, Classes);
            ImageInput<Image>.Forward(_batch[n], input);
            for (var c = 0; c < Classes; c++)
            {
                output[c] = _bias.Values[c];
                for (var i = 0; i < input.Length; i++)
                    output[c] += _weight.Values[(c * input.Length) + i] * input[i];
            }

            var label = _batch.Labels[n];
            _totals.Add(worker, CrossEntropy<Loss>.Value(output, label), output, label);
            CrossEntropy<Loss>.Gradient(output, label, _divisor, _gradient.AsSpan(n * Classes, Classes));
        }
    }

    // Workers share the classes, so that none adds to another's gradient.
    private void Backward(int worker)
    {
        var (first, end) = _team.Share(worker, Classes);
        for (var n = 0; n < _batch.Count; n++)
        {
            for (var c = first; c < end; c++)
            {
                var gradient = _gradient[(n * Classes) + c];
                _bias.Gradient[c] += gradient;
                for (var i = 0; i < Image.Length; i++)
                    _weight.Gradient[(c * Image.Length) + i] += gradient * _input[(n * Image.Length) + i];
            }
        }
    }

    public readonly struct Image : IImageInput
    {
        public const int Length = 6 * 5 * 3;

        public static int Height => 6;

        public static int Width => 5;

        public static int Channels => 3;

        public static ReadOnlySpan<float> Mean => [0.5f, 0.4f, 0.3f];

        public static ReadOnlySpan<float> Std => [0.25f, 0.5f, 0.3f];
    }

    private readonly struct Loss : ICrossEntropy
    {
        public static ReadOnlySpan<float> ClassWeights => [1, 2, 0.5f, 1.5f];

        public static double LabelSmoothing => 0.1;
    }
}

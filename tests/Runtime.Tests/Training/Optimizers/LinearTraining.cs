using ModelGen.Tests.Cpu;
using ModelGen.Training;
using static TorchSharp.torch;

namespace ModelGen.Tests.Training.Optimizers;

/// <summary>The network and the data of <c>optimizers.py</c>: y = x W^T + b under the mean squared error, with the bias first.</summary>
internal abstract class LinearTraining : IDisposable
{
    protected const double Rate = 0.05;

    protected static readonly float[,] X = { { 0.5f, -1, 2 }, { 1.5f, 0.25f, -0.5f }, { -1, 1, 1 }, { 2, 0.5f, -1.5f } };
    protected static readonly float[,] Y = { { 1, -1 }, { 0.5f, 2 }, { -1.5f, 0 }, { 0.25f, 1 } };

    /// <summary>The backends and the optimizers of <c>optimizers.py</c>.</summary>
    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var backend in new[] { "Torch", "CSharp" })
            {
                foreach (var optimizer in new[] { "SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "AdamW-weights" })
                    all.Add(backend, optimizer);
            }

            return all;
        }
    }

    public abstract ITrainingState State { get; }

    /// <summary>All weights, the bias first.</summary>
    public abstract float[] Weights { get; }

    public static LinearTraining Of(string backend, string optimizer, bool isFrozen = false) => backend == "Torch" ? new Torchs(optimizer, isFrozen) : new CSharps(optimizer, isFrozen);

    public abstract void Load(string path);

    public abstract void Save(string path);

    public abstract void Step();

    public abstract void Dispose();

    private sealed class Torchs : LinearTraining
    {
        private readonly Net _net = new();
        private readonly ModelGen.Torch.TorchOptimizer _optimizer;
        private readonly ModelGen.Torch.RegressionTotals _totals = new(2, CPU);

        public Torchs(string optimizer, bool isFrozen)
        {
            _net.Shift.Values.requires_grad = !isFrozen;
            var all = _net.named_parameters();
            _optimizer = optimizer switch
            {
                "SGD" => new ModelGen.Torch.SGD(all, momentum: 0.9, nesterov: true, weightDecay: 0.01),
                "SGD-plain" => new ModelGen.Torch.SGD(all),
                "Adam" => new ModelGen.Torch.Adam(all, beta1: 0.8, beta2: 0.95),
                "AdamW" => new ModelGen.Torch.AdamW(all, weightDecay: 0.1),
                "AdamW-weights" => new ModelGen.Torch.AdamW(all, weightDecay: 0.1, decayWeightsOnly: true),
                "RMSprop" => new ModelGen.Torch.RMSprop(all, alpha: 0.9, momentum: 0.5, centered: true),
                "Adagrad" => new ModelGen.Torch.Adagrad(all, lrDecay: 0.1, initialAccumulatorValue: 0.1),
                _ => new ModelGen.Torch.Lion(all),
            };
            State = new ModelGen.Torch.TrainingState(_net, _optimizer, _totals);
        }

        public override ITrainingState State { get; }

        public override float[] Weights => [.. _net.Shift.Values.data<float>(), .. _net.Fc.Values.data<float>()];

        public override void Load(string path) => ModelGen.Torch.Weights.Load(_net, path);

        public override void Save(string path) => ModelGen.Torch.Weights.Save(_net, path);

        public override void Step()
        {
            using var scope = NewDisposeScope();
            _optimizer.ZeroGradients();
            nn.functional.mse_loss(tensor(X).matmul(_net.Fc.Values.t()) + _net.Shift.Values, tensor(Y)).backward();
            _optimizer.Step(Rate);
        }

        public override void Dispose()
        {
            _optimizer.Dispose();
            _totals.Dispose();
            _net.Dispose();
        }
    }

    private sealed class Net : nn.Module
    {
        public Net()
            : base(nameof(Net))
        {
            register_module("shift", Shift);
            register_module("fc", Fc);
        }

        public Bias Shift { get; } = new();

        public Weight Fc { get; } = new();
    }

    private sealed class Bias : nn.Module
    {
        public Bias()
            : base(nameof(Bias)) => register_parameter("bias", Values);

        public TorchSharp.Modules.Parameter Values { get; } = new(tensor(new[] { 0.5f, -0.5f }));
    }

    private sealed class Weight : nn.Module
    {
        public Weight()
            : base(nameof(Weight)) => register_parameter("weight", Values);

        public TorchSharp.Modules.Parameter Values { get; } = new(tensor(new[,] { { 0.1f, -0.2f, 0.3f }, { -0.4f, 0.5f, -0.6f } }));
    }

    private sealed class CSharps : LinearTraining
    {
        private readonly ModelGen.Cpu.Parameter _weight = new("fc.weight", [2, 3]);
        private readonly ModelGen.Cpu.Parameter _bias;
        private readonly ListedNetwork _net;
        private readonly ModelGen.Cpu.CpuOptimizer _optimizer;

        public CSharps(string optimizer, bool isFrozen)
        {
            _bias = new("shift.bias", [2], isTrained: !isFrozen);
            _net = new ListedNetwork(_bias, _weight);
            new[] { 0.5f, -0.5f }.CopyTo(_bias.Values, 0);
            new[] { 0.1f, -0.2f, 0.3f, -0.4f, 0.5f, -0.6f }.CopyTo(_weight.Values, 0);
            var all = _net.Parameters;
            _optimizer = optimizer switch
            {
                "SGD" => new ModelGen.Cpu.SGD(all, momentum: 0.9, nesterov: true, weightDecay: 0.01),
                "SGD-plain" => new ModelGen.Cpu.SGD(all),
                "Adam" => new ModelGen.Cpu.Adam(all, beta1: 0.8, beta2: 0.95),
                "AdamW" => new ModelGen.Cpu.AdamW(all, weightDecay: 0.1),
                "AdamW-weights" => new ModelGen.Cpu.AdamW(all, weightDecay: 0.1, decayWeightsOnly: true),
                "RMSprop" => new ModelGen.Cpu.RMSprop(all, alpha: 0.9, momentum: 0.5, centered: true),
                "Adagrad" => new ModelGen.Cpu.Adagrad(all, lrDecay: 0.1, initialAccumulatorValue: 0.1),
                _ => new ModelGen.Cpu.Lion(all),
            };
            State = new ModelGen.Cpu.TrainingState(_net, _optimizer, new ModelGen.Cpu.RegressionTotals(2, 1), new ModelGen.Cpu.Mt19937(1));
        }

        public override ITrainingState State { get; }

        public override float[] Weights => [.. _bias.Values, .. _weight.Values];

        public override void Load(string path) => ModelGen.Cpu.Weights.Load(_net, path);

        public override void Save(string path) => ModelGen.Cpu.Weights.Save(_net, path);

        public override void Step()
        {
            _optimizer.ZeroGradients();
            for (var n = 0; n < X.GetLength(0); n++)
            {
                for (var j = 0; j < 2; j++)
                {
                    var error = _bias.Values[j] - Y[n, j];
                    for (var k = 0; k < 3; k++)
                        error += X[n, k] * _weight.Values[(j * 3) + k];
                    var gradient = 2 * error / Y.Length;
                    if (_bias.IsTrained)
                        _bias.Gradient[j] += gradient;
                    for (var k = 0; k < 3; k++)
                        _weight.Gradient[(j * 3) + k] += gradient * X[n, k];
                }
            }

            _optimizer.Step(Rate);
        }

        public override void Dispose()
        {
        }
    }
}

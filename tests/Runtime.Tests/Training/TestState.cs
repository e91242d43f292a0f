using ModelGen.Formats;
using ModelGen.Training;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Tests.Training;

/// <summary>A network of one number, which counts its steps.</summary>
internal sealed class TestState : ITrainingState
{
    public float Weight { get; set; }

    public float Momentum { get; set; }

    /// <summary>How many numbers the weight is of; all but the first are 0.</summary>
    public int Length { get; init; } = 1;

    /// <summary>What is thrown when a checkpoint is taken.</summary>
    public Exception? Fails { get; init; }

    public long Steps => (long)Weight;

    public double LearningRate => 0.25;

    public IReadOnlyList<string> Idle { get; init; } = [];

    public OptimizerDescription Optimizer { get; } = new("SGD", CountsSteps: false, [], [new("fc.weight", [1], true, 0)]);

    /// <summary>How many checkpoints were taken.</summary>
    public int Reads { get; private set; }

    public StateDict Read()
    {
        if (Fails is not null)
            throw Fails;
        Reads++;
        var weight = new byte[sizeof(float) * Length];
        BitConverter.TryWriteBytes(weight, Weight);
        return new(
            [
                new(CheckpointFile.ModelPrefix + "fc.weight", new StoredTensor(ElementType.Float32, [Length], weight)),
                new(CheckpointFile.OptimizerPrefix + "fc.weight.momentum_buffer", new StoredTensor(ElementType.Float32, [1], BitConverter.GetBytes(Momentum))),
                new(CheckpointFile.Steps, new StoredTensor(ElementType.Int64, [], BitConverter.GetBytes(Steps))),
            ],
            []);
    }

    public void Restore(StateDict state, string source) =>
        (Weight, Momentum) = (BitConverter.ToSingle(state.Entries[0].Tensor.Data.Span), BitConverter.ToSingle(state.Entries[1].Tensor.Data.Span));

    public IReadOnlyList<string> WithoutGradient() => Idle;
}

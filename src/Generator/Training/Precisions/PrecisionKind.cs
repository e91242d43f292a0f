namespace ModelGen.Training;

/// <summary>What the forward pass of a training step is computed in. Weights, gradients and the optimizer are float32 always.</summary>
internal abstract class PrecisionKind : TrainingKind
{
    /// <summary>Whether the network is called under autocast, which computes in a shorter format where that is safe.</summary>
    public virtual bool IsAutocast => false;

    public override string? Source => null;
}

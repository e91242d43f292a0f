using ModelGen.Training;

namespace ModelGen.Tests.Training;

/// <summary>Options as they are generated for a model.</summary>
internal sealed record TestOptions : TrainingOptions
{
    public override int Epochs { get; init; } = 20;

    public override int BatchSize { get; init; } = 32;

    public override double LearningRate { get; init; } = 0.01;

    public override string Out { get; init; } = "runs/testnet";

    /// <summary>The spec's share of training images to hold out.</summary>
    internal double Held { get; init; }

    protected internal override double ValidationShare => Held;
}

/// <summary>Options as they are generated for a model that augments its images.</summary>
internal sealed record AugmentedOptions : TrainingOptions
{
    public override int Epochs { get; init; } = 20;

    public override int BatchSize { get; init; } = 32;

    public override double LearningRate { get; init; } = 0.01;

    public override string Out { get; init; } = "runs/testnet";

    protected internal override bool CanReside => false;
}

using ModelGen.Formats;

namespace ModelGen.Training;

/// <summary>
/// All that decides how a training goes on from a step: a network's parameters and buffers, its optimizer's state, the random numbers
/// to come, and the scores of the epoch so far. Whoever computes implements it; a run saves it and puts it back.
/// </summary>
public interface ITrainingState
{
    /// <summary>Optimisation steps taken so far.</summary>
    public long Steps { get; }

    /// <summary>The learning rate of the last step; 0 before the first.</summary>
    public double LearningRate { get; }

    /// <summary>What the network is trained with, as PyTorch tells of it. What it remembers is in <see cref="Read"/>, behind <c>optimizer.</c>.</summary>
    public OptimizerDescription Optimizer { get; }

    /// <summary>
    /// Everything as it is now. The network's parameters and buffers have their keys behind <c>model.</c>; where running means of parameters are what is
    /// to be used, those have the same keys behind <c>average.</c>. Tensors may be the memory that training goes on with, because a copy of a large network is
    /// as much again: write them before the next step.
    /// </summary>
    public StateDict Read();

    /// <summary>Puts everything back, or changes nothing.</summary>
    /// <param name="state">What <see cref="Read"/> gave, in this process or in another. Its tensors are a file's memory, which ends when this returns: copy them.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="ModelGenException">It doesn't fit this network and optimizer.</exception>
    public void Restore(StateDict state, string source);

    /// <summary>Parameters that the last step gave no gradient: the loss does not depend on them.</summary>
    public IReadOnlyList<string> WithoutGradient();
}

using System.Numerics;

namespace ModelGen.Training;

/// <summary>
/// What training a network takes in memory at the least, as its shapes have it: what a sentence about memory that ran out is made of. What libtorch takes for
/// its own work, such as cuDNN's work space, comes on top.
/// </summary>
/// <param name="Model">Bytes of weights, gradients, and what the optimizer keeps: at least 0.</param>
/// <param name="Sample">Bytes of all layers' outputs for one sample, which are kept for the gradient: above 0.</param>
public sealed record TrainingMemory(long Model, long Sample)
{
    /// <summary>The largest power of two of samples that fits into so many bytes; 0 where not even one does.</summary>
    /// <param name="bytes">What can be had: at least 0.</param>
    internal int LargestBatch(long bytes)
    {
        var samples = Math.Min((bytes - Model) / Sample, 1 << 30);
        return samples < 1 ? 0 : 1 << BitOperations.Log2((uint)samples);
    }
}

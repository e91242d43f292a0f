using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>Distributions over classes that are learned from distributions.</summary>
public static class Distributions
{
    /// <summary>
    /// The mean over samples of the Kullback-Leibler divergence, sum of p (ln p - ln q): PyTorch's <c>kl_div</c> with <c>reduction="batchmean"</c>. Its
    /// default would divide by the classes too, which is no divergence.
    /// </summary>
    /// <param name="logarithms">ln q: float32 <c>[N, classes]</c>.</param>
    /// <param name="probabilities">p: float32 <c>[N, classes]</c>, at least 0; where it is 0 a class adds nothing.</param>
    /// <returns>A scalar, which the caller disposes.</returns>
    public static Tensor Divergence(Tensor logarithms, Tensor probabilities)
    {
        ArgumentNullException.ThrowIfNull(logarithms);
        ArgumentNullException.ThrowIfNull(probabilities);
        using var samples = logarithms.shape[0].ToScalar();
        using var sum = nn.functional.kl_div(logarithms, probabilities, log_target: false, reduction: nn.Reduction.Sum);
        return sum.div(samples);
    }
}

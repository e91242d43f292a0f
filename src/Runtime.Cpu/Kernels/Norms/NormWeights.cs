using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>The weights and biases of a normalisation side by side, as its loops read them, and the sums of their gradients likewise.</summary>
internal static class NormWeights
{
    /// <summary>Puts both together; 1 and 0 stand for those that there are not.</summary>
    /// <param name="weight">The weights, or empty.</param>
    /// <param name="bias">The biases, or empty.</param>
    /// <param name="prepared">Is given as many of each.</param>
    public static void Prepare(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> prepared)
    {
        var length = prepared.Length / 2;
        prepared[..length].Fill(1);
        prepared[length..].Clear();
        weight.CopyTo(prepared);
        bias.CopyTo(prepared[length..]);
    }

    /// <summary>Adds the workers' sums, in their order, to the gradients, and clears them.</summary>
    /// <param name="sums">Those of the workers, one behind the other, and nothing else.</param>
    /// <param name="workers">How many.</param>
    /// <param name="weightGradient">The weights' gradients, or empty.</param>
    /// <param name="biasGradient">The biases', or empty.</param>
    public static void Collect(Span<float> sums, int workers, Span<float> weightGradient, Span<float> biasGradient)
    {
        var length = sums.Length / workers / 2;
        for (var worker = 0; worker < workers; worker++)
        {
            var own = sums.Slice(worker * 2 * length, 2 * length);
            if (!weightGradient.IsEmpty)
                Elementwise.Pair(default(Sum), own[..length], weightGradient, weightGradient, Columns.Widest);
            if (!biasGradient.IsEmpty)
                Elementwise.Pair(default(Sum), own[length..], biasGradient, biasGradient, Columns.Widest);
        }

        sums.Clear();
    }
}

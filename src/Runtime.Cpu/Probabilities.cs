namespace ModelGen.Cpu;

/// <summary>What a network's outputs become probabilities by, where its loss takes something else.</summary>
public static class Probabilities
{
    /// <summary>Of logarithms, as log_softmax gives them.</summary>
    /// <param name="output"><c>[classes]</c></param>
    /// <param name="probabilities">Is given as many, 0 to 1.</param>
    public static void Exp(ReadOnlySpan<float> output, Span<float> probabilities)
    {
        for (var i = 0; i < output.Length; i++)
            probabilities[i] = MathF.Exp(output[i]);
    }

    /// <summary>Of class scores: <c>exp(x) / sum exp(x)</c>.</summary>
    /// <param name="output"><c>[classes]</c></param>
    /// <param name="probabilities">Is given as many, 1 together.</param>
    public static void Softmax(ReadOnlySpan<float> output, Span<float> probabilities)
    {
        // Less the highest, so that no exponent is too large.
        var highest = float.NegativeInfinity;
        foreach (var value in output)
            highest = Math.Max(highest, value);
        var sum = 0f;
        for (var i = 0; i < output.Length; i++)
            sum += probabilities[i] = MathF.Exp(output[i] - highest);
        for (var i = 0; i < output.Length; i++)
            probabilities[i] /= sum;
    }

    /// <summary>Of each label's score: <c>1 / (1 + exp(-x))</c>.</summary>
    /// <param name="output"><c>[labels]</c></param>
    /// <param name="probabilities">Is given as many, 0 to 1.</param>
    public static void Sigmoid(ReadOnlySpan<float> output, Span<float> probabilities)
    {
        for (var i = 0; i < output.Length; i++)
            probabilities[i] = 1 / (1 + MathF.Exp(-output[i]));
    }
}

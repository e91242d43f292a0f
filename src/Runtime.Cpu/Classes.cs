namespace ModelGen.Cpu;

/// <summary>A classifier's answers.</summary>
public static class Classes
{
    /// <summary>The most likely class of a sample, of equal ones the first, and its probability.</summary>
    /// <param name="probabilities"><c>[classes]</c>, 0 to 1: at least one.</param>
    public static (int Label, float Probability) MostLikely(ReadOnlySpan<float> probabilities)
    {
        var answer = 0;
        for (var label = 1; label < probabilities.Length; label++)
        {
            if (probabilities[label] > probabilities[answer])
                answer = label;
        }

        return (answer, probabilities[answer]);
    }
}

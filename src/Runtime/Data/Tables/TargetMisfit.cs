namespace ModelGen.Data;

/// <summary>What of a row's targets is outside of their range.</summary>
/// <param name="Column">Which of them; null for all together.</param>
/// <param name="Value">What it is, or their sum.</param>
/// <param name="Expected">What it should be, as a sentence goes on behind "but".</param>
internal sealed record TargetMisfit(int? Column, float Value, string Expected)
{
    /// <summary>The first of a row; null for none.</summary>
    public static TargetMisfit? Find(ReadOnlySpan<float> targets, TargetRange range)
    {
        if (range == TargetRange.Any)
            return null;
        var sum = 0.0;
        for (var i = 0; i < targets.Length; i++)
        {
            if (range == TargetRange.ZeroOrOne && targets[i] is not (0 or 1))
                return new(i, targets[i], "a label is 0 for no or 1 for yes");
            if (targets[i] is not (>= 0 and <= 1))
                return new(i, targets[i], "a probability is from 0 to 1");
            sum += targets[i];
        }

        return range == TargetRange.Probabilities && Math.Abs(sum - 1) > 1e-3 ? new(null, (float)sum, "they are 1 together") : null;
    }
}

namespace ModelGen;

/// <summary>The most that a network may cost: one that costs more does not build. <c>[Budget(Parameters = 30_000, MultiplyAdds = 3_000_000)]</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>The most values that training may change, at least 0. Without it any number may be.</summary>
    public long Parameters { get; set; }

    /// <summary>The most multiplications with a weight, each with its addition, in one forward pass of one sample, at least 0. Without it any number may be.</summary>
    public long MultiplyAdds { get; set; }
}

namespace ModelGen.Tests.CSharp;

/// <summary>How near what float32 computes must be to float64.</summary>
internal static class Closeness
{
    /// <summary>Fails where an output is farther from the expected one than a part of the largest.</summary>
    public static void AssertOutput(IReadOnlyList<double> expected, IReadOnlyList<float> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        var largest = expected.Max(Math.Abs);
        Assert.InRange(largest, 0, 1e6);
        for (var i = 0; i < expected.Count; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * largest, $"Value {i} is {actual[i]} instead of {expected[i]}; the largest is {largest}.");
    }
}

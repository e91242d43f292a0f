using static TorchSharp.torch;

namespace ModelGen.Tests.Passes;

/// <summary>How near what two forms of a network compute must be.</summary>
internal static class RunComparison
{
    /// <summary>
    /// Of a tensor's largest value. In float64 a sum in another order differs by 1e-16. A hundred batch norms in a row multiply that, by up to 1e5 in
    /// the zoo's deepest network; an identity that does not hold differs by far more.
    /// </summary>
    public const double Tolerance = 1e-9;

    /// <summary>Of a network's largest gradient, or of 1: what is left of a value that is zero, but the sum of many that are not.</summary>
    private const double Zero = 1e-11;

    /// <summary>Runs the rewritten form and compares all that it computes and becomes, tensor by tensor.</summary>
    /// <param name="expected">The plain form's run.</param>
    /// <param name="rewritten">A network with the weights that the plain form started from.</param>
    public static void AssertSame(IReadOnlyDictionary<string, double[]> expected, nn.Module<Tensor, Tensor> rewritten)
    {
        var actual = NetworkRun.Of(rewritten);
        Assert.Empty(actual.Keys.Except(expected.Keys));
        var largest = Largest(expected.Where(value => IsGradient(value.Key)).SelectMany(value => value.Value));
        foreach (var (name, values) in actual)
        {
            var allowed = (Tolerance * Largest(expected[name])) + (Zero * (IsGradient(name) ? largest : 1));
            var difference = Largest(values.Zip(expected[name], (one, other) => one - other));
            Assert.True(difference <= allowed, $"{name} differs by {difference}, and {allowed} is allowed.");
        }

        // Of a bias that is left out the plain form has a gradient, of zero.
        Assert.All(expected.Keys.Except(actual.Keys), name =>
        {
            Assert.True(IsGradient(name), $"{name} is missing.");
            Assert.InRange(Largest(expected[name]), 0, Zero * largest);
        });
    }

    // Math.Max passes on what is no number, and LINQ's Max does not.
    public static double Largest(IEnumerable<double> values) => values.Aggregate(0.0, (largest, value) => Math.Max(largest, Math.Abs(value)));

    private static bool IsGradient(string name) => name.StartsWith("gradient of ", StringComparison.Ordinal);
}

using System.Globalization;

namespace ModelGen.Tests.Robustness;

/// <summary>
/// How much is tried, and from which seed. A build tries 5,000 specs, the same ones each time, so that it fails by what changed;
/// <c>MODELGEN_FUZZ=200000</c> tries that many from a new seed, and a failure names the seed that repeats it.
/// </summary>
internal static class Fuzz
{
    private static readonly int? Asked = Number("MODELGEN_FUZZ");

    private static readonly int Seed = Number("MODELGEN_FUZZ_SEED") ?? (Asked is null ? 1 : Environment.TickCount & int.MaxValue);

    /// <summary>Three of five specs are JSON: they are cheap.</summary>
    public static int JsonSpecs => (int)(Specs * 3L / 5);

    /// <summary>The other two are attributes.</summary>
    public static int AttributeSpecs => Specs - JsonSpecs;

    private static int Specs => Asked ?? 5_000;

    /// <summary>Tries <paramref name="count"/> inputs, each made from random numbers of its own.</summary>
    /// <param name="count">How many.</param>
    /// <param name="make">Makes an input, which a failure shows.</param>
    /// <param name="check">Fails when something is wrong with what becomes of it; it also gets the number of the input.</param>
    public static void Try(int count, Func<Random, string> make, Action<string, int> check)
    {
        for (var i = 0; i < count; i++)
        {
            var input = make(new Random(SeedOf(i)));
            try
            {
                check(input, i);
            }
            catch (Exception failure)
            {
                var how = $"MODELGEN_FUZZ=5 MODELGEN_FUZZ_SEED={SeedOf(i)} repeats it";
                throw new InvalidOperationException($"{how}: {failure.Message}\n{Shown(input)}", failure);
            }
        }
    }

    /// <summary>The seed of one input.</summary>
    public static int SeedOf(int number) => unchecked(Seed + number);

    /// <summary>Specs that are all sound, or all broken, would try nothing.</summary>
    public static void AssertVaried(int count, int sound)
    {
        if (count >= 1_000)
            Assert.InRange(sound, count / 20, count - (count / 20));
    }

    private static string Shown(string input) => input.Length <= 4_000 ? input : $"{input[..4_000]}… ({input.Length} characters)";

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}

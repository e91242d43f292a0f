using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ModelGen.CommandLine;

/// <summary>The range that <c>lr-find</c> searches.</summary>
/// <param name="Steps">Steps at most, at least 2.</param>
/// <param name="From">The first learning rate, above 0.</param>
/// <param name="To">The last, above <paramref name="From"/>.</param>
internal sealed record LearningRateRange(int Steps, double From, double To);

/// <summary>The options that <c>lr-find</c> has beside the settings of a run.</summary>
internal sealed class LearningRateVerb
{
    // The defaults of LearningRateSearch, which are fast.ai's.
    private const int Steps = 100;
    private const double From = 1e-7;
    private const double To = 10;

    private const string TakesSteps = "a whole number of at least 2";
    private const string TakesRate = TrainingSettings.TakesPositive;

    private readonly Option<int?> _steps = new("--steps")
    {
        Description = "Steps to take at most [default: 100]",
        HelpName = "N",
        CustomParser = given => Read<int>(given, TakesSteps, (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 2),
    };

    private readonly Option<double?> _from = Rate("--from", "Learning rate of the first step [default: 1e-7]");
    private readonly Option<double?> _to = Rate("--to", "Learning rate of the last step [default: 10]");

    /// <summary>Gives the verb its options.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_steps);
        verb.Add(_from);
        verb.Add(_to);
        verb.Validators.Add(given =>
        {
            var (from, to) = (Given(_from, From), Given(_to, To));
            if (from >= to)
                given.AddError(FormattableString.Invariant($"{verb.Name} takes a --from below its --to, not {from} and {to}"));

            // From its text, because it may be wrong: that is told later.
            double? Given(Option option, double fallback) => given.GetResult(option) is not { Tokens: [var token] }
                ? fallback
                : TrainingSettings.TryReadPositive(token.Value, out var value) ? value : null;
        });
    }

    /// <summary>The range that the command line names.</summary>
    public LearningRateRange RangeOf(ParseResult parsed) => new(parsed.GetValue(_steps) ?? Steps, parsed.GetValue(_from) ?? From, parsed.GetValue(_to) ?? To);

    /// <summary>What one of the options takes, as a sentence goes on after "takes"; null for another's option.</summary>
    public string? TakenBy(Option option) => option == _steps ? TakesSteps : option == _from || option == _to ? TakesRate : null;

    private static Option<double?> Rate(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = given => Read<double>(given, TakesRate, TrainingSettings.TryReadPositive),
    };

    private static T? Read<T>(ArgumentResult given, string takes, TryRead<T> read)
        where T : struct
    {
        var text = given.Tokens[0].Value;
        if (read(text, out var value))
            return value;
        given.AddError($"{((OptionResult)given.Parent!).Option.Name} takes {takes}, not '{text}'");
        return null;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ModelGen.Reporting.Report;
using ModelGen.Training;

namespace ModelGen.CommandLine;

/// <summary>The range that <c>lr-find</c> searches.</summary>
/// <param name="Steps">Steps at most, at least 2.</param>
/// <param name="From">The first learning rate, above 0.</param>
/// <param name="To">The last, above <paramref name="From"/>.</param>
internal sealed record LearningRateRange(int Steps, double From, double To);

/// <summary>The options that <c>lr-find</c> has beside the settings of a run.</summary>
internal sealed class LearningRateVerb
{
    private const string TakesSteps = "a whole number of at least 2";
    private const string TakesRate = TrainingSettings.TakesPositive;

    private readonly Option<int?> _steps = new("--steps")
    {
        Description = FormattableString.Invariant($"Steps to take at most [default: {LearningRateSearch.DefaultSteps}]"),
        HelpName = "N",
        CustomParser = given => Read<int>(given, TakesSteps, (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 2),
    };

    private readonly Option<double?> _from = Rate("--from", "first", LearningRateSearch.DefaultFrom);
    private readonly Option<double?> _to = Rate("--to", "last", LearningRateSearch.DefaultTo);

    /// <summary>Gives the verb its options.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_steps);
        verb.Add(_from);
        verb.Add(_to);
        verb.Validators.Add(given =>
        {
            var (from, to) = (Given(_from, LearningRateSearch.DefaultFrom), Given(_to, LearningRateSearch.DefaultTo));
            if (from >= to)
                given.AddError(FormattableString.Invariant($"{verb.Name} takes a --from below its --to, not {from} and {to}"));

            // From its text, because it may be wrong: that is told later.
            double? Given(Option option, double fallback) => given.GetResult(option) is not { Tokens: [var token] }
                ? fallback
                : TrainingSettings.TryReadPositive(token.Value, out var value) ? value : null;
        });
    }

    /// <summary>The range that the command line names.</summary>
    public LearningRateRange RangeOf(ParseResult parsed) => new(
        parsed.GetValue(_steps) ?? LearningRateSearch.DefaultSteps,
        parsed.GetValue(_from) ?? LearningRateSearch.DefaultFrom,
        parsed.GetValue(_to) ?? LearningRateSearch.DefaultTo);

    /// <summary>What one of the options takes, as a sentence goes on after "takes"; null for another's option.</summary>
    public string? TakenBy(Option option) => option == _steps ? TakesSteps : option == _from || option == _to ? TakesRate : null;

    private static Option<double?> Rate(string name, string step, double fallback) => new(name)
    {
        Description = $"Learning rate of the {step} step [default: {Numbers.Short(fallback)}]",
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

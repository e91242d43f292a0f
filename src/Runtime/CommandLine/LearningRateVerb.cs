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
    private const string TakesSteps = "a whole number of at least 2";
    private const string TakesRate = "a number above 0";

    private readonly Option<int> _steps = new("--steps")
    {
        Description = "Steps to take at most [default: 100]",
        HelpName = "N",
        CustomParser = given => Read<int>(given, TakesSteps, (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 2),
        DefaultValueFactory = _ => 100,
    };

    private readonly Option<double> _from = Rate("--from", "Learning rate of the first step [default: 1e-7]", 1e-7);
    private readonly Option<double> _to = Rate("--to", "Learning rate of the last step [default: 10]", 10);

    /// <summary>Gives the verb its options.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_steps);
        verb.Add(_from);
        verb.Add(_to);
        verb.Validators.Add(given =>
        {
            if (given.Children.SelectMany(child => child.Errors).Any())
                return;
            var (from, to) = (given.GetValue(_from), given.GetValue(_to));
            if (from >= to)
                given.AddError(FormattableString.Invariant($"{verb.Name} takes a --from below its --to, not {from} and {to}"));
        });
    }

    /// <summary>The range that the command line names.</summary>
    public LearningRateRange RangeOf(ParseResult parsed) => new(parsed.GetValue(_steps), parsed.GetValue(_from), parsed.GetValue(_to));

    /// <summary>What one of the options takes, as a sentence goes on after "takes"; null for another's option.</summary>
    public string? TakenBy(Option option) => option == _steps ? TakesSteps : option == _from || option == _to ? TakesRate : null;

    private static Option<double> Rate(string name, string description, double fallback) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = given => Read<double>(given, TakesRate, TrainingSettings.TryReadPositive),
        DefaultValueFactory = _ => fallback,
    };

    private static T? Read<T>(ArgumentResult given, string takes, TryRead<T> read)
    {
        var text = given.Tokens[0].Value;
        if (read(text, out var value))
            return value;
        given.AddError($"{((OptionResult)given.Parent!).Option.Name} takes {takes}, not '{text}'");
        return default;
    }
}

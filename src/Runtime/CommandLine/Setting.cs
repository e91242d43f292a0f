using System.CommandLine;
using System.CommandLine.Parsing;
using ModelGen.Training;

namespace ModelGen.CommandLine;

/// <summary>One option of the command line, and what it sets.</summary>
internal abstract class Setting
{
    /// <summary>The option, to be added to the verbs that take it.</summary>
    public abstract Option Option { get; }

    /// <summary>What a right value is, as a sentence goes on after "takes": <c>a whole number of at least 1</c>.</summary>
    public abstract string Takes { get; }

    /// <summary>The options with this one set, or as they were when the command line doesn't name it.</summary>
    public abstract TrainingOptions Apply(TrainingOptions options, ParseResult parsed);
}

/// <summary>An option whose value is a <typeparamref name="T"/>.</summary>
internal sealed class Setting<T> : Setting
{
    private readonly Option<T> _option;
    private readonly Func<TrainingOptions, T, TrainingOptions> _with;

    /// <summary>Creates the option.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="value">What stands for its value in <c>--help</c>; null for a switch, which has none.</param>
    /// <param name="takes">See <see cref="Takes"/>.</param>
    /// <param name="description">One line of <c>--help</c>.</param>
    /// <param name="defaultValue">Shown in <c>--help</c>; null when there is none to show.</param>
    /// <param name="read">Reads a value; false for a wrong one.</param>
    /// <param name="with">Sets the value.</param>
    /// <param name="suggest">The right value that a wrong one probably means, or null for none; null where there is nothing to guess.</param>
    public Setting(
        string name,
        string? value,
        string takes,
        string description,
        object? defaultValue,
        TryRead<T> read,
        Func<TrainingOptions, T, TrainingOptions> with,
        Func<string, string?>? suggest = null)
    {
        Takes = takes;
        _with = with;
        _option = new Option<T>(name)
        {
            HelpName = value,
            // Written here and not by the parser, which would use the culture of the machine.
            Description = defaultValue is null ? description : FormattableString.Invariant($"{description} [default: {defaultValue}]"),
            Arity = value is null ? ArgumentArity.Zero : ArgumentArity.ExactlyOne,
        };
        if (value is not null)
            _option.CustomParser = result => Read(result, read, suggest);
    }

    /// <inheritdoc/>
    public override Option Option => _option;

    /// <inheritdoc/>
    public override string Takes { get; }

    /// <inheritdoc/>
    public override TrainingOptions Apply(TrainingOptions options, ParseResult parsed) =>
        parsed.GetResult(_option) is { Implicit: false } ? _with(options, parsed.GetRequiredValue(_option)) : options;

    private T? Read(ArgumentResult result, TryRead<T> read, Func<string, string?>? suggest)
    {
        var text = result.Tokens[0].Value;
        if (read(text, out var value))
            return value;
        var meant = suggest?.Invoke(text);
        result.AddError($"{_option.Name} takes {Takes}, not '{text}'" + (meant is null ? "" : $"; did you mean '{meant}'?"));
        return default;
    }
}

/// <summary>Reads a value from the command line.</summary>
internal delegate bool TryRead<T>(string text, out T value);

using System.CommandLine;
using System.CommandLine.Parsing;
using ModelGen.Training;

namespace ModelGen.CommandLine;

/// <summary>One option of the command line, and what it sets.</summary>
internal abstract class Setting
{
    /// <summary>The option, to be added to the verbs that take it.</summary>
    public abstract Option Option { get; }

    /// <summary>The option's name without its dashes, as files have it.</summary>
    public string Name => Option.Name.TrimStart('-');

    /// <summary>The property of <see cref="TrainingOptions"/> that it sets; a switch whose name says no sets the property of what it switches off.</summary>
    public string Property => string.Concat(Name.Split('-').Where(word => word != "no").Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>What a right value is, as a sentence goes on after "takes": <c>a whole number of at least 1</c>.</summary>
    public abstract string Takes { get; }

    /// <summary>The options with this one set, or as they were when the command line doesn't name it.</summary>
    public abstract TrainingOptions Apply(TrainingOptions options, ParseResult parsed);

    /// <summary>The options with this one set to what <paramref name="text"/> says; null when it says nothing that the option takes.</summary>
    public abstract TrainingOptions? Apply(TrainingOptions options, string text);

    /// <summary>The value as the command line would have it; null when the option is not set.</summary>
    public abstract string? Text(TrainingOptions options);
}

/// <summary>An option whose value is a <typeparamref name="T"/>.</summary>
internal sealed class Setting<T> : Setting
{
    private readonly Option<T> _option;
    private readonly TryRead<T> _read;
    private readonly Func<TrainingOptions, object?> _get;
    private readonly Func<TrainingOptions, T, TrainingOptions> _with;
    private readonly Func<string, string?>? _hint;

    /// <summary>Creates the option.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="value">What stands for its value in <c>--help</c>; null for a switch, which has none.</param>
    /// <param name="takes">See <see cref="Takes"/>.</param>
    /// <param name="description">One line of <c>--help</c>.</param>
    /// <param name="defaults">Whose value is shown in <c>--help</c>, unless it is null or the option is a switch.</param>
    /// <param name="read">Reads a value; false for a wrong one.</param>
    /// <param name="get">The value; null when it is not set, as a switch that is off.</param>
    /// <param name="with">Sets the value.</param>
    /// <param name="hint">What else helps with a wrong value, as the sentence goes on behind a semicolon; null where nothing does.</param>
    public Setting(
        string name,
        string? value,
        string takes,
        string description,
        TrainingOptions defaults,
        TryRead<T> read,
        Func<TrainingOptions, object?> get,
        Func<TrainingOptions, T, TrainingOptions> with,
        Func<string, string?>? hint = null)
    {
        Takes = takes;
        _read = read;
        _get = get;
        _with = with;
        _hint = hint;
        _option = new Option<T>(name)
        {
            HelpName = value,
            Description = value is not null && Text(defaults) is { } shown ? $"{description} [default: {shown}]" : description,
            Arity = value is null ? ArgumentArity.Zero : ArgumentArity.ExactlyOne,
        };
        if (value is not null)
            _option.CustomParser = Read;
    }

    /// <inheritdoc/>
    public override Option Option => _option;

    /// <inheritdoc/>
    public override string Takes { get; }

    /// <inheritdoc/>
    public override TrainingOptions Apply(TrainingOptions options, ParseResult parsed) =>
        parsed.GetResult(_option) is { Implicit: false } ? _with(options, parsed.GetRequiredValue(_option)) : options;

    /// <inheritdoc/>
    public override TrainingOptions? Apply(TrainingOptions options, string text) => _read(text, out var value) ? _with(options, value) : null;

    // Written here and not by the parser, which would use the culture of the machine.
    /// <inheritdoc/>
    public override string? Text(TrainingOptions options) => _get(options) switch
    {
        null or false => null,
        true => "true",
        var value => FormattableString.Invariant($"{value}"),
    };

    private T? Read(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (_read(text, out var value))
            return value;
        var hint = _hint?.Invoke(text);
        result.AddError($"{_option.Name} takes {Takes}, not '{text}'" + (hint is null ? "" : $"; {hint}"));
        return default;
    }
}

/// <summary>Reads a value from the command line.</summary>
internal delegate bool TryRead<T>(string text, out T value);

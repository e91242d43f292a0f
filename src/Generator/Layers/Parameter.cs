using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>The types that a parameter can have; the attributes, the JSON schema and the docs are written from them.</summary>
internal enum ParameterType
{
    Integer,
    Real,
    Flag,
    Size,
    Choice,
    Text,
    Texts,
    Reals,
}

/// <summary>A parameter of a layer, of training or of a data source: its PyTorch name, what it takes and what it means.</summary>
internal abstract class Parameter(string name, ParameterType type, string doc, string expected, string? fallback)
{
    /// <summary>PyTorch's name, in snake_case.</summary>
    public string Name { get; } = name;

    public ParameterType Type { get; } = type;

    /// <summary>One sentence without its full stop.</summary>
    public string Doc { get; } = doc;

    /// <summary>What a message says it takes: "a whole number of at least 1".</summary>
    public string Expected { get; } = expected;

    /// <summary>The default in words, or null when the parameter must be given.</summary>
    public string? Fallback { get; } = fallback;

    public bool IsRequired => Fallback is null;

    /// <summary>Whether the attribute takes it by position; a JSON layer's first such parameter is the keyword's own value.</summary>
    public bool IsPositional { get; init; }

    /// <summary>The numbers that it takes, each of them for a size or a list; a list of texts takes texts of such lengths. Otherwise null.</summary>
    public Interval? Range { get; init; }

    /// <summary>The words that a choice allows, otherwise empty.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>The typed value, or null when <paramref name="value"/> does not fit.</summary>
    public abstract object? Read(SpecValue value);

    /// <summary>Whether a value that does not fit is of the right type at least. A whole number beyond 64 bits arrives as a real one.</summary>
    public bool HasType(SpecValue value) => Type switch
    {
        ParameterType.Integer => IsWhole(value),
        ParameterType.Real => value.Kind is SpecValueKind.Integer or SpecValueKind.Real,
        ParameterType.Flag => value.Kind == SpecValueKind.Flag,
        ParameterType.Size => IsWhole(value) || (value.Kind == SpecValueKind.List && value.Items.Count == 2 && value.Items.All(IsWhole)),
        ParameterType.Texts => value.Kind == SpecValueKind.List && value.Items.All(item => item.Kind == SpecValueKind.Text),
        ParameterType.Reals => value.Kind == SpecValueKind.List && value.Items.All(item => item.Kind is SpecValueKind.Integer or SpecValueKind.Real),
        _ => value.Kind == SpecValueKind.Text,
    };

    private static bool IsWhole(SpecValue value) => value.Kind == SpecValueKind.Integer || (value.Kind == SpecValueKind.Real && System.Math.Abs(value.Real) >= long.MaxValue);

    public static Parameter<long> Integer(
        string name, string doc, long min, long? fallback = null, long max = int.MaxValue, bool positional = false, string? fallbackWords = null)
    {
        var range = Interval.Whole(min, max);
        return new(name, ParameterType.Integer, doc, $"a whole number{range}",
            fallbackWords ?? (fallback is { } number ? CSharpLiteral.Of(number) : null), fallback ?? 0,
            value => value.Kind == SpecValueKind.Integer && range.Contains(value.Integer) ? value.Integer : null)
        { IsPositional = positional, Range = range };
    }

    /// <summary>A size that follows from the input: a spec may state it to have it checked.</summary>
    public static Parameter<long> Declared(string name, string doc) => Integer(name, doc, 1, fallbackWords: "the input's");

    public static Parameter<double> Real(string name, string doc, double min, double? fallback, double max = double.MaxValue, bool open = false, bool belowMax = false, bool positional = false)
    {
        var range = new Interval(min, max, open, belowMax);
        return new(name, ParameterType.Real, doc, $"a number{range}", fallback is { } number ? CSharpLiteral.Of(number) : null, fallback ?? 0,
            value => value.Kind is SpecValueKind.Integer or SpecValueKind.Real && range.Contains(value.Real) ? value.Real : null)
        { IsPositional = positional, Range = range };
    }

    public static Parameter<bool> Flag(string name, string doc, bool fallback) =>
        new(name, ParameterType.Flag, doc, "true or false", fallback ? "true" : "false", fallback, value => value.Kind == SpecValueKind.Flag ? value.Flag : null);

    /// <summary>One number for both directions, or <c>[height, width]</c>.</summary>
    public static Parameter<Size2> Size(string name, string doc, long min, long? fallback = null, string? fallbackWords = null, bool positional = false)
    {
        var range = Interval.Whole(min);
        return new(name, ParameterType.Size, doc, $"a whole number{range}, or two of them as [height, width]",
            fallbackWords ?? (fallback is { } number ? CSharpLiteral.Of(number) : null), new Size2(fallback ?? 0, fallback ?? 0), Read)
        { IsPositional = positional, Range = range };

        object? Read(SpecValue value) => value.Kind switch
        {
            SpecValueKind.Integer when Fits(value) => new Size2(value.Integer, value.Integer),
            SpecValueKind.List when value.Items.Count == 2 && Fits(value.Items[0]) && Fits(value.Items[1]) => new Size2(value.Items[0].Integer, value.Items[1].Integer),
            _ => null,
        };

        bool Fits(SpecValue value) => value.Kind == SpecValueKind.Integer && range.Contains(value.Integer);
    }

    public static Parameter<string> Choice(string name, string doc, string[] choices) =>
        new(name, ParameterType.Choice, doc, (choices.Length == 1 ? "" : "one of ") + string.Join(", ", choices.Select(choice => $"'{choice}'")), null, "",
            value => value.Kind == SpecValueKind.Text && choices.Contains(value.Text) ? value.Text : null)
        { IsPositional = true, Choices = choices };

    public static Parameter<string> Text(string name, string doc) =>
        new(name, ParameterType.Text, doc, "a text", "", "", value => value.Kind == SpecValueKind.Text ? value.Text : null);

    public static Parameter<IReadOnlyList<string>> Texts(string name, string doc, string fallbackWords)
    {
        var lengths = Interval.Whole(1, 100);
        var expected = $"a list of one or more texts, all different and each{lengths} characters long";
        return new(name, ParameterType.Texts, doc, expected, fallbackWords, [], Read) { Range = lengths };

        object? Read(SpecValue value)
        {
            if (value.Kind != SpecValueKind.List || value.Items.Count == 0 || !value.Items.All(item => item.Kind == SpecValueKind.Text))
                return null;
            var texts = value.Items.Select(item => item.Text).ToArray();
            return texts.All(text => lengths.Contains(text.Length)) && texts.Distinct().Count() == texts.Length ? texts : null;
        }
    }

    public static Parameter<IReadOnlyList<double>> Reals(string name, string doc, Interval range, string fallbackWords)
    {
        return new(name, ParameterType.Reals, doc, $"a list of one or more numbers{range}", fallbackWords, [], Read) { Range = range };

        object? Read(SpecValue value)
        {
            var isList = value.Kind == SpecValueKind.List && value.Items.Count > 0;
            return isList && value.Items.All(Fits) ? value.Items.Select(item => item.Real).ToArray() : null;
        }

        // What counts is what float32 makes of a number, because that is what tensors hold: it may overflow there, or become 0.
        bool Fits(SpecValue item) => item.Kind is SpecValueKind.Integer or SpecValueKind.Real && range.Contains((float)item.Real);
    }
}

/// <summary>A parameter whose value has the type <typeparamref name="T"/>.</summary>
internal sealed class Parameter<T>(string name, ParameterType type, string doc, string expected, string? fallback, T value, System.Func<SpecValue, object?> read)
    : Parameter(name, type, doc, expected, fallback)
{
    /// <summary>The value of a spec that does not set it.</summary>
    public T Value { get; } = value;

    public override object? Read(SpecValue value) => read(value);
}

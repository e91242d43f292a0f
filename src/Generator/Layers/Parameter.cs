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

    /// <summary>Whether a value that does not fit is of the right type at least.</summary>
    public abstract bool HasType(SpecValue value);

    public static Parameter<long> Integer(
        string name, string doc, long min, long? fallback = null, long max = int.MaxValue, bool positional = false, string? fallbackWords = null)
    {
        var range = Interval.Whole(min, max);
        return new IntegerParameter(name, doc, $"a whole number{range}", fallbackWords ?? Text(fallback), fallback ?? 0) { IsPositional = positional, Range = range };
    }

    /// <summary>A size that follows from the input: a spec may state it to have it checked.</summary>
    public static Parameter<long> Declared(string name, string doc) => Integer(name, doc, 1, fallbackWords: "the input's");

    public static Parameter<double> Real(
        string name, string doc, double min, double? fallback, double max = double.MaxValue, bool open = false, bool belowMax = false, bool positional = false)
    {
        var range = new Interval(min, max, open, belowMax);
        return new RealParameter(name, doc, $"a number{range}", fallback is { } number ? CSharpLiteral.Of(number) : null, fallback ?? 0) { IsPositional = positional, Range = range };
    }

    public static Parameter<bool> Flag(string name, string doc, bool fallback) => new FlagParameter(name, doc, fallback);

    /// <summary>One number for both directions, or <c>[height, width]</c>.</summary>
    public static Parameter<Size2> Size(string name, string doc, long min, long? fallback = null, string? fallbackWords = null, bool positional = false)
    {
        var range = Interval.Whole(min);
        var expected = $"a whole number{range}, or two of them as [height, width]";
        return new SizeParameter(name, doc, expected, fallbackWords ?? Text(fallback), new Size2(fallback ?? 0, fallback ?? 0)) { IsPositional = positional, Range = range };
    }

    public static Parameter<string> Choice(string name, string doc, string[] choices) =>
        new ChoiceParameter(name, doc, (choices.Length == 1 ? "" : "one of ") + string.Join(", ", choices.Select(choice => $"'{choice}'"))) { IsPositional = true, Choices = choices };

    public static Parameter<string> Text(string name, string doc) => new TextParameter(name, doc);

    public static Parameter<IReadOnlyList<string>> Texts(string name, string doc, string fallbackWords)
    {
        var lengths = Interval.Whole(1, 100);
        return new TextsParameter(name, doc, $"a list of one or more texts, all different and each{lengths} characters long", fallbackWords) { Range = lengths };
    }

    public static Parameter<IReadOnlyList<double>> Reals(string name, string doc, Interval range, string fallbackWords) =>
        new RealsParameter(name, doc, $"a list of one or more numbers{range}", fallbackWords) { Range = range };

    private static string? Text(long? value) => value is { } number ? CSharpLiteral.Of(number) : null;
}

/// <summary>A parameter whose value has the type <typeparamref name="T"/>. Each type of it is a class and holds no delegate: the pipeline keeps parameters.</summary>
internal abstract class Parameter<T>(string name, ParameterType type, string doc, string expected, string? fallback, T value)
    : Parameter(name, type, doc, expected, fallback)
{
    /// <summary>The value of a spec that does not set it.</summary>
    public T Value { get; } = value;
}

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
    Integers,

    /// <summary>Names of earlier layers.</summary>
    Outputs,

    /// <summary>A list of layers.</summary>
    Layers,

    /// <summary>A list of lists of layers.</summary>
    Branches,

    /// <summary>A number, a flag, or a list of numbers: a block's own parameter.</summary>
    Any,

    /// <summary>The name of a class.</summary>
    TypeName,

    /// <summary>Numbers, flags and texts.</summary>
    Values,
}

/// <summary>A parameter of a layer, of training or of a data source: its PyTorch name, what it takes and what it means.</summary>
internal abstract class Parameter(string name, ParameterType type, string doc, string expected, string? fallback)
{
    private static readonly string[] Directions = ["", "", "two of them as [height, width]", "three of them as [depth, height, width]"];

    /// <summary>PyTorch's name, in snake_case.</summary>
    public string Name { get; } = name;

    public ParameterType Type { get; } = type;

    /// <summary>One sentence without its full stop.</summary>
    public string Doc { get; } = doc;

    /// <summary>What a message says it takes: "a whole number of at least 1".</summary>
    public string Expected { get; } = expected;

    /// <summary>The same in the place of a value: one beyond 32 bits shows the end that otherwise goes without saying.</summary>
    public string ExpectedFor(SpecValue value) =>
        Range is { Max: int.MaxValue } && (value.Kind == SpecValueKind.List ? value.Items.Any(IsBeyond) : IsBeyond(value))
            ? $"{Expected}, at most {Text((long)int.MaxValue)}"
            : Expected;

    /// <summary>The default in words, or null when the parameter must be given.</summary>
    public string? Fallback { get; } = fallback;

    public bool IsRequired => Fallback is null;

    /// <summary>Whether the attribute takes it by position; a JSON layer's first such parameter is the keyword's own value.</summary>
    public bool IsPositional { get; init; }

    /// <summary>The numbers that it takes, each of them for a size or a list; a list of texts takes texts of such lengths. Otherwise null.</summary>
    public Interval? Range { get; init; }

    /// <summary>The words that a choice allows, otherwise empty.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>A value for examples.</summary>
    public SpecValue Example { get; private protected set; } = SpecValue.Of(type switch { ParameterType.Size => 3, ParameterType.Real => 0, _ => 16 });

    /// <summary>The one of that name, or null.</summary>
    public static Parameter? Find(string name, IReadOnlyList<Parameter> parameters)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Name == name)
                return parameters[i];
        }

        return null;
    }

    /// <summary>The typed value, or null when <paramref name="value"/> does not fit.</summary>
    public abstract object? Read(SpecValue value);

    /// <summary>Whether a text in a block is an expression of the block's parameters, rather than a value itself.</summary>
    public bool TakesExpressions => Type is ParameterType.Integer or ParameterType.Real or ParameterType.Flag or ParameterType.Size or ParameterType.Integers;

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
        string name, string doc, double min, double? fallback, double max = double.MaxValue, bool open = false, bool belowMax = false, bool positional = false,
        string? fallbackWords = null)
    {
        var range = new Interval(min, max, open, belowMax);
        return new RealParameter(name, doc, $"a number{range}", fallbackWords ?? (fallback is { } number ? CSharpLiteral.Of(number) : null), fallback ?? 0)
        {
            IsPositional = positional,
            Range = range,
        };
    }

    public static Parameter<bool> Flag(string name, string doc, bool fallback) => new FlagParameter(name, doc, fallback);

    /// <summary>One number for all directions, or one for each: <c>[height, width]</c>.</summary>
    public static Parameter<Size> Size(
        string name, string doc, long min, long? fallback = null, string? fallbackWords = null, bool positional = false, int directions = 2, bool allowsSame = false)
    {
        var range = Interval.Whole(min);
        var expected = $"a whole number{range}{(directions == 1 ? "" : $", or {Directions[directions]}")}{(allowsSame ? ", or 'same'" : "")}";
        return new SizeParameter(name, doc, expected, fallbackWords ?? Text(fallback), Layers.Size.Uniform(fallback ?? 0, directions))
        {
            IsPositional = positional,
            Range = range,
            Choices = allowsSame ? ["same"] : [],
        };
    }

    /// <summary>One of some words; it must be given where there is no <paramref name="fallback"/>.</summary>
    public static Parameter<string> Choice(string name, string doc, string[] choices, string? fallback = null, bool positional = false) =>
        new ChoiceParameter(name, doc, (choices.Length == 1 ? "" : "one of ") + string.Join(", ", choices.Select(choice => $"'{choice}'")), fallback)
        {
            IsPositional = positional,
            Choices = choices,
        };

    /// <summary>The name of a class of C#, with its namespace.</summary>
    public static Parameter<string> TypeName(string name, string doc) => new TypeNameParameter(name, doc) { IsPositional = true };

    /// <summary>Values of any type that C# writes as literals.</summary>
    public static Parameter<IReadOnlyList<SpecValue>> Values(string name, string doc) => new ValuesParameter(name, doc);

    public static Parameter<string> Text(string name, string doc, string fallbackWords = "") => new TextParameter(name, doc, fallbackWords);

    /// <summary>One character that can stand between values.</summary>
    public static Parameter<string> Sign(string name, string doc, string fallback) => new SignParameter(name, doc, fallback);

    /// <summary>Names of earlier layers: one, or a list of them.</summary>
    public static Parameter<IReadOnlyList<string>> Outputs(string name, string doc, string? fallbackWords = null, bool positional = true) =>
        new OutputsParameter(name, doc, fallbackWords) { IsPositional = positional }.Such(SpecValue.Of("input"));

    /// <summary>Whole numbers, such as dimensions: one, or a list of them.</summary>
    public static Parameter<IReadOnlyList<long>> Integers(
        string name, string doc, long min, long max = int.MaxValue,
        IReadOnlyList<long>? fallback = null, bool positional = false, string? fallbackWords = null)
    {
        var range = Interval.Whole(min, max);
        var words = fallback is null ? fallbackWords : $"[{string.Join(", ", fallback.Select(CSharpLiteral.Of))}]";
        return new IntegersParameter(name, doc, $"a list of one or more whole numbers{range}", words, fallback ?? []) { IsPositional = positional, Range = range };
    }

    /// <summary>A list of layers. <paramref name="choices"/> are words that may stand for it, the default first; there are none when it must be given.</summary>
    public static Parameter<SpecValue> LayerList(string name, string doc, params string[] choices) =>
        new LayersParameter(name, doc, choices) { IsPositional = choices.Length == 0, Choices = choices };

    /// <summary>A list of lists of layers.</summary>
    public static Parameter<SpecValue> LayerListsOf(string name, string doc) => new BranchesParameter(name, doc) { IsPositional = true };

    public static Parameter<IReadOnlyList<string>> Texts(string name, string doc, string fallbackWords)
    {
        var lengths = Interval.Whole(1, 100);
        return new TextsParameter(name, doc, $"a list of one or more texts, all different and each{lengths} characters long", fallbackWords) { Range = lengths };
    }

    public static Parameter<IReadOnlyList<double>> Reals(string name, string doc, Interval range, string? fallbackWords) =>
        new RealsParameter(name, doc, $"a list of one or more numbers{range}", fallbackWords) { Range = range };

    private static bool IsBeyond(SpecValue value) => value.Kind is SpecValueKind.Integer or SpecValueKind.Real && value.Real > int.MaxValue;

    private static string? Text(long? value) => value is { } number ? CSharpLiteral.Of(number) : null;
}

/// <summary>A parameter whose value has the type <typeparamref name="T"/>. Each type of it is a class and holds no delegate: the pipeline keeps parameters.</summary>
internal abstract class Parameter<T>(string name, ParameterType type, string doc, string expected, string? fallback, T value)
    : Parameter(name, type, doc, expected, fallback)
{
    /// <summary>The value of a spec that does not set it.</summary>
    public T Value { get; } = value;

    /// <summary>The same in its box: one for all layers.</summary>
    public object Default { get; } = value!;

    /// <summary>The parameter with another value for examples.</summary>
    public Parameter<T> Such(SpecValue example)
    {
        Example = example;
        return this;
    }
}

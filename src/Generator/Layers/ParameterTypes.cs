using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class IntegerParameter(string name, string doc, string expected, string? fallback, long value)
    : Parameter<long>(name, ParameterType.Integer, doc, expected, fallback, value)
{
    // A whole number beyond 64 bits arrives as a real one.
    public static bool IsWhole(SpecValue value) => value.Kind == SpecValueKind.Integer || (value.Kind == SpecValueKind.Real && Math.Abs(value.Real) >= long.MaxValue);

    public override bool HasType(SpecValue value) => IsWhole(value);

    public override object? Read(SpecValue value) => value.Kind == SpecValueKind.Integer && Range!.Contains(value.Integer) ? value.Integer : null;
}

internal sealed class RealParameter(string name, string doc, string expected, string? fallback, double value)
    : Parameter<double>(name, ParameterType.Real, doc, expected, fallback, value)
{
    public override bool HasType(SpecValue value) => value.Kind is SpecValueKind.Integer or SpecValueKind.Real;

    public override object? Read(SpecValue value) => HasType(value) && Range!.Contains(value.Real) ? value.Real : null;
}

internal sealed class FlagParameter(string name, string doc, bool value)
    : Parameter<bool>(name, ParameterType.Flag, doc, "true or false", value ? "true" : "false", value)
{
    public override bool HasType(SpecValue value) => value.Kind == SpecValueKind.Flag;

    public override object? Read(SpecValue value) => HasType(value) ? value.Flag : null;
}

internal sealed class SizeParameter(string name, string doc, string expected, string? fallback, Size value)
    : Parameter<Size>(name, ParameterType.Size, doc, expected, fallback, value)
{
    public int Directions => Value.Directions;

    /// <summary>The size that means "as large as keeps the input's size".</summary>
    public static readonly Size Same = new(default(EquatableArray<long>));

    public override bool HasType(SpecValue value) =>
        IntegerParameter.IsWhole(value)
        || (IsTuple(value) && value.Items.All(IntegerParameter.IsWhole))
        || (value.Kind == SpecValueKind.Text && Choices.Length > 0);

    public override object? Read(SpecValue value) => value.Kind switch
    {
        SpecValueKind.Integer when Fits(value) => Layers.Size.Uniform(value.Integer, Directions),
        SpecValueKind.List when IsTuple(value) && value.Items.All(Fits) => new Size(EquatableArray<long>.Of(value.Items.Select(item => item.Integer))),
        SpecValueKind.Text when Choices.Contains(value.Text) => Same,
        _ => null,
    };

    private bool IsTuple(SpecValue value) => value.Kind == SpecValueKind.List && Directions > 1 && value.Items.Count == Directions;

    private bool Fits(SpecValue value) => value.Kind == SpecValueKind.Integer && Range!.Contains(value.Integer);
}

internal sealed class ChoiceParameter(string name, string doc, string expected, string? fallback)
    : Parameter<string>(name, ParameterType.Choice, doc, expected, fallback, fallback ?? "")
{
    public override bool HasType(SpecValue value) => value.Kind == SpecValueKind.Text;

    public override object? Read(SpecValue value) => HasType(value) && Choices.Contains(value.Text) ? value.Text : null;
}

internal sealed class TextParameter(string name, string doc, string fallback) : Parameter<string>(name, ParameterType.Text, doc, "a text", fallback, "")
{
    public override bool HasType(SpecValue value) => value.Kind == SpecValueKind.Text;

    public override object? Read(SpecValue value) => HasType(value) ? value.Text : null;
}

internal sealed class SignParameter(string name, string doc, string fallback)
    : Parameter<string>(name, ParameterType.Text, doc, "one character, such as ',', ';', '|' or a tab, and none that numbers or quotes have", fallback, fallback)
{
    public override bool HasType(SpecValue value) => value.Kind == SpecValueKind.Text;

    // What a reader of CSV files can tell from all else.
    public override object? Read(SpecValue value) => HasType(value) && value.Text.Length == 1 && value.Text[0] is '\t' or (>= ' ' and <= '~')
        && !(value.Text[0] is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '"' or '#' or '.' or '+' or '-' or '_' or '\'') ? value.Text : null;
}

internal sealed class TextsParameter(string name, string doc, string expected, string fallback)
    : Parameter<IReadOnlyList<string>>(name, ParameterType.Texts, doc, expected, fallback, [])
{
    public override bool HasType(SpecValue value) => value.Kind == SpecValueKind.List && value.Items.All(item => item.Kind == SpecValueKind.Text);

    public override object? Read(SpecValue value)
    {
        if (!HasType(value) || value.Items.Count == 0)
            return null;
        var texts = value.Items.Select(item => item.Text).ToArray();
        return texts.All(text => Range!.Contains(text.Length)) && texts.Distinct().Count() == texts.Length ? texts : null;
    }
}

internal sealed class RealsParameter(string name, string doc, string expected, string? fallback)
    : Parameter<IReadOnlyList<double>>(name, ParameterType.Reals, doc, expected, fallback, [])
{
    public override bool HasType(SpecValue value) =>
        value.Kind == SpecValueKind.List && value.Items.All(item => item.Kind is SpecValueKind.Integer or SpecValueKind.Real);

    // What counts is what float32 makes of a number, because that is what tensors hold: it may overflow there, or become 0.
    public override object? Read(SpecValue value) => HasType(value) && value.Items.Count > 0 && value.Items.All(item => Range!.Contains((float)item.Real))
        ? value.Items.Select(item => item.Real).ToArray()
        : null;
}

internal sealed class OutputsParameter(string name, string doc, string? fallback)
    : Parameter<IReadOnlyList<string>>(name, ParameterType.Outputs, doc, "the name of an earlier layer, or a list of such names", fallback, [])
{
    public override bool HasType(SpecValue value) =>
        value.Kind == SpecValueKind.Text || (value.Kind == SpecValueKind.List && value.Items.All(item => item.Kind == SpecValueKind.Text));

    public override object? Read(SpecValue value) => !HasType(value) || (value.Kind == SpecValueKind.List && value.Items.Count == 0) ? null
        : value.Kind == SpecValueKind.Text ? new[] { value.Text }
        : value.Items.Select(item => item.Text).ToArray();
}

internal sealed class IntegersParameter(string name, string doc, string expected, string? fallback, IReadOnlyList<long> value)
    : Parameter<IReadOnlyList<long>>(name, ParameterType.Integers, doc, expected, fallback, value)
{
    public override bool HasType(SpecValue value) =>
        IntegerParameter.IsWhole(value) || (value.Kind == SpecValueKind.List && value.Items.All(IntegerParameter.IsWhole));

    public override object? Read(SpecValue value)
    {
        if (!HasType(value))
            return null;
        var items = value.Kind == SpecValueKind.List ? value.Items : EquatableArray<SpecValue>.Of([value]);
        return items.Count is > 0 and <= 8 && items.All(item => item.Kind == SpecValueKind.Integer && Range!.Contains(item.Integer))
            ? items.Select(item => item.Integer).ToArray()
            : null;
    }
}

internal sealed class LayersParameter(string name, string doc, string[] choices) : Parameter<SpecValue>(
    name, ParameterType.Layers, doc, string.Join(", or ", choices.Select(choice => $"'{choice}'").Prepend("a list of one or more layers")),
    choices.FirstOrDefault(), SpecValue.Of(choices.FirstOrDefault() ?? ""))
{
    public override bool HasType(SpecValue value) => value.Kind == SpecValueKind.Layers || (value.Kind == SpecValueKind.Text && Choices.Length > 0);

    public override object? Read(SpecValue value) =>
        value is { Kind: SpecValueKind.Layers, Layers.Count: > 0 } || (value.Kind == SpecValueKind.Text && Choices.Contains(value.Text)) ? value : null;
}

internal sealed class BranchesParameter(string name, string doc)
    : Parameter<SpecValue>(name, ParameterType.Branches, doc, "a list of two or more lists of layers", null, SpecValue.Unreadable)
{
    public override bool HasType(SpecValue value) => value.Kind == SpecValueKind.List && value.Items.All(item => item.Kind == SpecValueKind.Layers);

    public override object? Read(SpecValue value) => HasType(value) && value.Items.Count > 1 ? value : null;
}

internal sealed class AnyParameter(string name, SpecValue? value)
    : Parameter<SpecValue>(name, ParameterType.Any, "", "a number, true or false, a list of numbers, or an expression", value?.ToString(), value ?? SpecValue.Unreadable)
{
    public override bool HasType(SpecValue value) =>
        value.Kind is SpecValueKind.Integer or SpecValueKind.Real or SpecValueKind.Flag or SpecValueKind.Text or SpecValueKind.List;

    public override object? Read(SpecValue value) => HasType(value) ? value : null;
}

internal sealed class TypeNameParameter(string name, string doc)
    : Parameter<string>(name, ParameterType.TypeName, doc, "the name of a class with its namespace, such as 'Shop.Layers.Swish'", null, "")
{
    public override bool HasType(SpecValue value) => value.Kind == SpecValueKind.Text;

    public override object? Read(SpecValue value) => HasType(value) && value.Text.Length <= 500 && value.Text.Split('.').All(SpecNames.IsValid) ? value.Text : null;
}

internal sealed class ValuesParameter(string name, string doc)
    : Parameter<IReadOnlyList<SpecValue>>(name, ParameterType.Values, doc, "a list of numbers, flags and texts", "none", [])
{
    public override bool HasType(SpecValue value) => value.Kind == SpecValueKind.List
        && value.Items.All(item => item.Kind is SpecValueKind.Integer or SpecValueKind.Real or SpecValueKind.Flag or SpecValueKind.Text);

    // C# has no literal for what is infinite, or no number.
    public override object? Read(SpecValue value) =>
        HasType(value) && value.Items.All(item => item.Kind != SpecValueKind.Real || Interval.Finite.Contains(item.Real))
            ? value.Items.ToArray()
            : null;
}

using System;
using System.Collections.Generic;
using System.Linq;
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

internal sealed class SizeParameter(string name, string doc, string expected, string? fallback, Size2 value)
    : Parameter<Size2>(name, ParameterType.Size, doc, expected, fallback, value)
{
    public override bool HasType(SpecValue value) => IntegerParameter.IsWhole(value) || (IsPair(value) && value.Items.All(IntegerParameter.IsWhole));

    public override object? Read(SpecValue value) => value.Kind switch
    {
        SpecValueKind.Integer when Fits(value) => new Size2(value.Integer, value.Integer),
        SpecValueKind.List when IsPair(value) && Fits(value.Items[0]) && Fits(value.Items[1]) => new Size2(value.Items[0].Integer, value.Items[1].Integer),
        _ => null,
    };

    private static bool IsPair(SpecValue value) => value.Kind == SpecValueKind.List && value.Items.Count == 2;

    private bool Fits(SpecValue value) => value.Kind == SpecValueKind.Integer && Range!.Contains(value.Integer);
}

internal sealed class ChoiceParameter(string name, string doc, string expected)
    : Parameter<string>(name, ParameterType.Choice, doc, expected, null, "")
{
    public override bool HasType(SpecValue value) => value.Kind == SpecValueKind.Text;

    public override object? Read(SpecValue value) => HasType(value) && Choices.Contains(value.Text) ? value.Text : null;
}

internal sealed class TextParameter(string name, string doc) : Parameter<string>(name, ParameterType.Text, doc, "a text", "", "")
{
    public override bool HasType(SpecValue value) => value.Kind == SpecValueKind.Text;

    public override object? Read(SpecValue value) => HasType(value) ? value.Text : null;
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

internal sealed class RealsParameter(string name, string doc, string expected, string fallback)
    : Parameter<IReadOnlyList<double>>(name, ParameterType.Reals, doc, expected, fallback, [])
{
    public override bool HasType(SpecValue value) =>
        value.Kind == SpecValueKind.List && value.Items.All(item => item.Kind is SpecValueKind.Integer or SpecValueKind.Real);

    // What counts is what float32 makes of a number, because that is what tensors hold: it may overflow there, or become 0.
    public override object? Read(SpecValue value) => HasType(value) && value.Items.Count > 0 && value.Items.All(item => Range!.Contains((float)item.Real))
        ? value.Items.Select(item => item.Real).ToArray()
        : null;
}

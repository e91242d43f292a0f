using System.Globalization;
using ModelGen.Collections;

namespace ModelGen.Specs;

/// <summary>What kind of thing the user wrote as a value.</summary>
internal enum SpecValueKind
{
    /// <summary>Something that no setting takes, such as <c>null</c> or a nested object; <see cref="SpecValue.Text"/> says what.</summary>
    Other,
    Integer,
    Real,
    Flag,
    Text,
    List,
}

/// <summary>A value as the user wrote it, before anything is known about what it should be.</summary>
internal sealed record SpecValue(SpecValueKind Kind, long Integer = 0, double Real = 0, bool Flag = false, string Text = "", EquatableArray<SpecValue> Items = default)
{
    public static SpecValue Of(long value) => new(SpecValueKind.Integer, Integer: value, Real: value);

    public static SpecValue Of(double value) => new(SpecValueKind.Real, Real: value);

    public static SpecValue Of(bool value) => new(SpecValueKind.Flag, Flag: value);

    public static SpecValue Of(string value) => new(SpecValueKind.Text, Text: value);

    public static SpecValue Of(EquatableArray<SpecValue> items) => new(SpecValueKind.List, Items: items);

    public static SpecValue Other(string what) => new(SpecValueKind.Other, Text: what);

    /// <summary>As a message shows it.</summary>
    public override string ToString() => Kind switch
    {
        SpecValueKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        SpecValueKind.Real => Real.ToString("R", CultureInfo.InvariantCulture),
        SpecValueKind.Flag => Flag ? "true" : "false",
        SpecValueKind.Text => $"'{Text}'",
        SpecValueKind.List => $"[{string.Join(", ", Items)}]",
        _ => Text,
    };
}

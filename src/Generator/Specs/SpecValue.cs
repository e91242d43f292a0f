using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Collections;

namespace ModelGen.Specs;

/// <summary>What kind of thing the user wrote as a value.</summary>
internal enum SpecValueKind
{
    /// <summary>Something that no setting takes, such as <c>null</c> or a nested object; <see cref="SpecValue.Text"/> says what.</summary>
    Other,

    /// <summary>Something that its reader could not understand and has reported.</summary>
    Unreadable,
    Integer,
    Real,
    Flag,
    Text,
    List,

    /// <summary>A list of layers.</summary>
    Layers,
}

/// <summary>A value as the user wrote it, before anything is known about what it should be.</summary>
internal sealed record SpecValue(
    SpecValueKind Kind,
    long Integer = 0,
    double Real = 0,
    bool Flag = false,
    string Text = "",
    EquatableArray<SpecValue> Items = default,
    EquatableArray<SectionSpec> Layers = default)
{
    public static readonly SpecValue Unreadable = new(SpecValueKind.Unreadable);

    public static SpecValue Of(long value) => new(SpecValueKind.Integer, Integer: value, Real: value);

    // -0.0 equals 0.0 but is written otherwise: adding 0 makes them one.
    public static SpecValue Of(double value) => new(SpecValueKind.Real, Real: value + 0.0);

    public static SpecValue Of(bool value) => new(SpecValueKind.Flag, Flag: value);

    public static SpecValue Of(string value) => new(SpecValueKind.Text, Text: value);

    public static SpecValue Of(EquatableArray<SpecValue> items) => new(SpecValueKind.List, Items: items);

    /// <summary>A list of whole numbers.</summary>
    public static SpecValue OfNumbers(IEnumerable<long> numbers) => Of(EquatableArray<SpecValue>.Of(numbers.Select(Of)));

    public static SpecValue Of(EquatableArray<SectionSpec> layers) => new(SpecValueKind.Layers, Layers: layers);

    public static SpecValue Other(string what) => new(SpecValueKind.Other, Text: what);

    /// <summary>As a message shows it.</summary>
    public override string ToString() => Kind switch
    {
        SpecValueKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        SpecValueKind.Real when Real == Math.Floor(Real) && Math.Abs(Real) < 1e15 => Real.ToString("F1", CultureInfo.InvariantCulture),
        SpecValueKind.Real => Real.ToString("R", CultureInfo.InvariantCulture),
        SpecValueKind.Flag => Flag ? "true" : "false",
        SpecValueKind.Text => $"'{Shorten(Text)}'",
        // Lists in lists would come to the length of the file.
        SpecValueKind.List when Items.Count > 8 => Shorten($"[{string.Join(", ", Items.Take(8))}, …]", 400),
        SpecValueKind.List => Shorten($"[{string.Join(", ", Items)}]", 400),
        SpecValueKind.Layers when Layers.Count == 0 => "an empty list",
        SpecValueKind.Layers => "a list of layers",
        _ => Text,
    };

    /// <summary>As much of a word as a reader wants to see quoted.</summary>
    public static string Shorten(string word, int most = 80) => word.Length <= most ? word : word.Substring(0, most) + "…";
}

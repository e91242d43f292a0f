using System;
using System.Globalization;
using ModelGen.Collections;
using ModelGen.Emit;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>A size, stride or padding over an image: rows, then columns.</summary>
internal readonly record struct Size2(long Height, long Width)
{
    public bool IsSquare => Height == Width;

    /// <summary>The smaller of both in each direction.</summary>
    public Size2 Min(Size2 other) => new(Math.Min(Height, other.Height), Math.Min(Width, other.Width));

    /// <summary>The larger of both in each direction.</summary>
    public Size2 Max(Size2 other) => new(Math.Max(Height, other.Height), Math.Max(Width, other.Width));

    /// <summary>As a spec has it.</summary>
    public SpecValue ToSpec() => IsSquare ? SpecValue.Of(Height) : SpecValue.Of(EquatableArray<SpecValue>.Of([SpecValue.Of(Height), SpecValue.Of(Width)]));

    /// <summary>As TorchSharp takes it: one number, or (height, width).</summary>
    public string Torch(bool asPair) => asPair ? $"({CSharpLiteral.Of(Height)}, {CSharpLiteral.Of(Width)})" : CSharpLiteral.Of(Height);

    public override string ToString() => IsSquare
        ? Height.ToString(CultureInfo.InvariantCulture)
        : string.Format(CultureInfo.InvariantCulture, "[{0}, {1}]", Height, Width);
}

using System.Globalization;
using ModelGen.Emit;

namespace ModelGen.Layers;

/// <summary>A size, stride or padding over an image: rows, then columns.</summary>
internal readonly record struct Size2(long Height, long Width)
{
    public bool IsSquare => Height == Width;

    /// <summary>As TorchSharp takes it: one number, or (height, width).</summary>
    public string Torch(bool asPair) => asPair ? $"({CSharpLiteral.Of(Height)}, {CSharpLiteral.Of(Width)})" : CSharpLiteral.Of(Height);

    public override string ToString() => IsSquare
        ? Height.ToString(CultureInfo.InvariantCulture)
        : string.Format(CultureInfo.InvariantCulture, "[{0}, {1}]", Height, Width);
}

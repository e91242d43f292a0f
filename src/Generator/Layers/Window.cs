using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>A window that slides over an image, as convolutions and pools share it: the same arithmetic along rows and columns.</summary>
internal readonly record struct Window(Size2 Kernel, Size2 Stride, Size2 Padding, Size2 Dilation, bool CeilMode = false)
{
    public static readonly Size2 One = new(1, 1);

    /// <summary>The output <c>[channels, H, W]</c> over an input <c>[C, H, W]</c>.</summary>
    /// <param name="input">The input, of rank 4 with its batch.</param>
    /// <param name="channels">The output's channels.</param>
    /// <param name="kernel">The parameter to point at when the window does not fit.</param>
    /// <param name="padding">The parameter that makes more room.</param>
    public Inference Slide(TensorShape input, long channels, Parameter kernel, Parameter padding)
    {
        var (rows, columns) = Along(input);
        if (rows.Places >= 1 && columns.Places >= 1)
            return TensorShape.Of(channels, rows.Places, columns.Places);
        var (what, direction) = rows.Places < 1 ? ("rows", rows) : ("columns", columns);
        return Inference.Broken(Rules.SizeBelowOne, kernel, what, direction.WhyTooSmall(what)) with
        {
            Fixes =
            [
                .. new[] { new Size2(rows.LargestKernel, columns.LargestKernel), new Size2(3, 3), One }
                    .Select(Kernel.Min).Where(size => size.Height >= 1 && size.Width >= 1).Select(size => Write(kernel, size)),
                Write(padding, Padding.Max(new Size2(rows.LeastPadding, columns.LeastPadding))),
            ],
        };
    }

    /// <summary>Rows or columns at the end that no window reaches, where windows touch each other; null when every one is seen.</summary>
    public Inference? Remark(TensorShape input, Parameter stride, params Fix[] fixes)
    {
        var (rows, columns) = Along(input);
        var unseen = (rows.Unseen, columns.Unseen) switch
        {
            (0, 0) => null,
            (_, 0) => Lines(rows.Unseen, "row"),
            (0, _) => Lines(columns.Unseen, "column"),
            _ => $"{Lines(rows.Unseen, "row")} and {Lines(columns.Unseen, "column")}",
        };
        if (unseen is null)
            return null;
        var (what, direction) = rows.Unseen > 0 ? ("rows", rows) : ("columns", columns);
        return Inference.Broken(Rules.RowsDropped, stride, unseen, direction.WhyUnseen(what)) with { Fixes = fixes };
    }

    /// <summary>TorchSharp's arguments behind the kernel, defaults left out; all square, or all as (height, width).</summary>
    public IEnumerable<string> TorchArguments(Size2 defaultStride)
    {
        if (Stride != defaultStride)
            yield return "stride: " + Torch(Stride);
        if (Padding != default)
            yield return "padding: " + Torch(Padding);
        if (Dilation != One)
            yield return "dilation: " + Torch(Dilation);
    }

    public string Torch(Size2 size) => size.Torch(asPair: !(Kernel.IsSquare && Stride.IsSquare && Padding.IsSquare && Dilation.IsSquare));

    private (WindowLine Rows, WindowLine Columns) Along(TensorShape input) => (
        new(input[1], Kernel.Height, Stride.Height, Padding.Height, Dilation.Height, CeilMode),
        new(input[2], Kernel.Width, Stride.Width, Padding.Width, Dilation.Width, CeilMode));

    private static Fix Write(Parameter parameter, Size2 size) => Fix.Of($"write {parameter.Name} {size}", new SetLayerSetting(0, parameter.Name, size.ToSpec()));

    private static string Lines(long count, string what) => count == 1 ? what : $"{CSharpLiteral.Of(count)} {what}s";
}

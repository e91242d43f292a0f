using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>A window that slides over an image, a signal or a volume, as convolutions and pools share it: the same arithmetic along each direction.</summary>
internal readonly record struct Window(Size Kernel, Size Stride, Size Padding, Size Dilation, bool CeilMode = false)
{
    /// <summary>What stands along each direction, by the number of directions.</summary>
    private static readonly string[][] Lines = [["values"], ["rows", "columns"], ["slices", "rows", "columns"]];

    /// <summary>A shape of as many directions, for people: <c>[N, C, H, W]</c>.</summary>
    public static string Taken(int directions) => directions switch { 1 => "[N, C, L]", 2 => "[N, C, H, W]", _ => "[N, C, D, H, W]" };

    public int Directions => Kernel.Directions;

    /// <summary>The output <c>[channels, H, W]</c> over an input <c>[C, H, W]</c>.</summary>
    /// <param name="input">The input, of the right rank.</param>
    /// <param name="channels">The output's channels.</param>
    /// <param name="kernel">The parameter to point at when the window does not fit.</param>
    /// <param name="padding">The parameter that makes more room.</param>
    public Inference Slide(TensorShape input, long channels, Parameter kernel, Parameter padding)
    {
        var sizes = new long[Directions + 1];
        sizes[0] = channels;
        for (var i = 0; i < Directions; i++)
        {
            sizes[i + 1] = Along(input, i).Places;
            if (sizes[i + 1] < 1)
                return TooNarrow(input, i, kernel, padding);
        }

        return TensorShape.Of(sizes);
    }

    private Inference TooNarrow(TensorShape input, int narrow, Parameter kernel, Parameter padding)
    {
        var lines = Along(input);
        var what = Lines[Directions - 1][narrow];
        var (own, size) = (Kernel, new Size(EquatableArray<long>.Of(lines.Select(line => line.LargestKernel))));
        return Inference.Broken(Rules.SizeBelowOne, kernel, what, lines[narrow].WhyTooSmall(what)) with
        {
            Fixes =
            [
                .. new[] { size, Size.Uniform(3, Directions), Size.Uniform(1, Directions) }
                    .Select(own.Min).Where(fitting => fitting.Values.All(value => value >= 1)).Select(fitting => Write(kernel, fitting)),
                Write(padding, Padding.Max(new Size(EquatableArray<long>.Of(lines.Select(line => line.LeastPadding))))),
            ],
        };
    }

    /// <summary>Rows or columns at the end that no window reaches, where windows touch each other; null when every one is seen.</summary>
    public Inference? Remark(TensorShape input, Parameter stride)
    {
        for (var i = 0; i < Directions; i++)
        {
            if (Along(input, i).Unseen > 0)
                return Unseen(input, i, stride);
        }

        return null;
    }

    private Inference Unseen(TensorShape input, int first, Parameter stride)
    {
        var (lines, names) = (Along(input), Lines[Directions - 1]);
        var unseen = lines.Select((line, i) => (line.Unseen, Name: names[i])).Where(line => line.Unseen > 0).Select(line => Counted(line.Unseen, line.Name));
        return Inference.Broken(Rules.RowsDropped, stride, string.Join(" and ", unseen), lines[first].WhyUnseen(names[first]));
    }

    /// <summary>TorchSharp's arguments behind the kernel.</summary>
    public Argument[] TorchArguments(Size defaultStride) =>
    [
        Argument.Named("stride", Stride, defaultStride),
        Argument.Named("padding", Padding, Size.Uniform(0, Directions)),
        Argument.Named("dilation", Dilation, Size.Uniform(1, Directions)),
    ];

    /// <summary>Plain C#: what a convolution over images is compiled for. What is PyTorch's default is left out.</summary>
    public IEnumerable<(string Name, object Value)> OfConvolution(TensorShape input, TensorShape output) =>
    [
        .. Sides(input, output, "InChannels"), ("OutChannels", output[0]), ("KernelHeight", Kernel[0]), ("KernelWidth", Kernel[1]),
        .. Layers.Kernel.Unless(1, ("StrideHeight", Stride[0]), ("StrideWidth", Stride[1])),
        .. Layers.Kernel.Unless(0, ("PaddingTop", Padding[0]), ("PaddingLeft", Padding[1])),
        .. Layers.Kernel.Unless(1, ("DilationHeight", Dilation[0]), ("DilationWidth", Dilation[1])),
    ];

    /// <summary>The same of a pool.</summary>
    public IEnumerable<(string Name, object Value)> OfPool(TensorShape input, TensorShape output) =>
    [
        .. Sides(input, output, "Channels"), ("KernelHeight", Kernel[0]), ("KernelWidth", Kernel[1]), ("StrideHeight", Stride[0]), ("StrideWidth", Stride[1]),
        .. Layers.Kernel.Unless(0, ("PaddingHeight", Padding[0]), ("PaddingWidth", Padding[1])),
        .. Layers.Kernel.Unless(1, ("DilationHeight", Dilation[0]), ("DilationWidth", Dilation[1])),
    ];

    private static (string Name, object Value)[] Sides(TensorShape input, TensorShape output, string channels) =>
        [("Height", input[1]), ("Width", input[2]), (channels, input[0]), ("OutHeight", output[1]), ("OutWidth", output[2])];

    private WindowLine[] Along(TensorShape input)
    {
        var lines = new WindowLine[Directions];
        for (var i = 0; i < lines.Length; i++)
            lines[i] = Along(input, i);
        return lines;
    }

    private WindowLine Along(TensorShape input, int direction) =>
        new(input[direction + 1], Kernel[direction], Stride[direction], Padding[direction], Dilation[direction], CeilMode);

    private static Fix Write(Parameter parameter, Size size) => Fix.Of($"write {parameter.Name} {size}", new SetLayerSetting(parameter.Name, size.ToSpec()));

    private static string Counted(long count, string what) => count == 1 ? what.TrimEnd('s') : $"{CSharpLiteral.Of(count)} {what}";
}

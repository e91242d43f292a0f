using System;
using System.Globalization;

namespace ModelGen.Layers;

/// <summary>
/// A window that slides along one direction. It stops at <c>floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1</c> places
/// (PyTorch, nn.Conv2d); a pool in ceil mode rounds up, but never starts a window beyond the image and its left padding (PyTorch,
/// pooling_output_shape). A size that was flattened may leave 64 bits here; the checker takes that as too large.
/// </summary>
internal readonly record struct WindowLine(long Size, long Kernel, long Stride, long Padding, long Dilation, bool CeilMode)
{
    /// <summary>How far the window reaches with its gaps.</summary>
    private long Span => (Dilation * (Kernel - 1)) + 1;

    /// <summary>How far it can move; in ceil mode also over the end.</summary>
    private long Room => checked(Size + (2 * Padding) - Span + (CeilMode ? Stride - 1 : 0));

    /// <summary>The output's size; below 1 when the window does not fit at all.</summary>
    public long Places
    {
        get
        {
            if (Room < 0)
                return 0;
            var places = (Room / Stride) + 1;
            return CeilMode && (places - 1) * Stride >= Size + Padding ? places - 1 : places;
        }
    }

    /// <summary>The largest kernel that fits; below 1 when none does.</summary>
    public long LargestKernel => checked(((Size + (2 * Padding) - 1) / Dilation) + 1);

    /// <summary>The least padding with which the window fits.</summary>
    public long LeastPadding => Math.Max(0, (Span - Size + 1) / 2);

    /// <summary>How many of the last lines no window reaches. Windows with gaps between them are meant to skip lines: 0.</summary>
    public long Unseen => Stride > Span || CeilMode || Room < 0 ? 0 : Math.Max(0, (Room % Stride) - Padding);

    public string WhyTooSmall(string what) => Text(
        "a window of {0}{1} does not fit into {2} {3}{4}: {8}(({2}{5} - {0}) / {6}) + 1 = {7}",
        Span,
        Dilation == 1 ? "" : Text(" ({0} with dilation {1})", Kernel, Dilation),
        Size,
        Size == 1 ? what.TrimEnd('s') : what,
        Padding == 0 ? "" : Text(" with {0} of padding on either side", Padding),
        Padding == 0 ? "" : Text(" + 2 * {0}", Padding),
        Stride,
        (long)Math.Floor((double)Room / Stride) + 1,
        CeilMode ? "ceil" : "floor");

    public string WhyUnseen(string what) => Text("windows of {0} at stride {1} cover {2} of {3} {4}", Span, Stride, Size - Unseen, Size, what);

    private static string Text(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}

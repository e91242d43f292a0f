namespace ModelGen.Cpu.Kernels;

/// <summary>A window along one direction of an image.</summary>
/// <param name="Size">Values of the input.</param>
/// <param name="Out">Places of the window.</param>
/// <param name="Kernel">Values under the window.</param>
/// <param name="Stride">From one place to the next.</param>
/// <param name="Padding">Values before the input.</param>
/// <param name="Dilation">From one value under the window to the next.</param>
internal readonly record struct WindowAxis(int Size, int Out, int Kernel, int Stride, int Padding, int Dilation)
{
    /// <summary>Values that the window sees, the padding's among them.</summary>
    public int Reach => ((Out - 1) * Stride) + ((Kernel - 1) * Dilation) + 1;

    /// <summary>
    /// The same without the window's values at its ends that no place has within the input, as on an image of one pixel all but one; and how many are left out before it.
    /// </summary>
    public (WindowAxis Axis, int First) Trimmed()
    {
        var (first, end) = (Kernel, 0);
        for (var place = 0; place < Out; place++)
        {
            var seen = Seen(place);
            if (seen.First < seen.End)
                (first, end) = (Math.Min(first, seen.First), Math.Max(end, seen.End));
        }

        return first < end && Padding >= first * Dilation ? (this with { Kernel = end - first, Padding = Padding - (first * Dilation) }, first) : (this, 0);
    }

    /// <summary>The window's values that a place sees of the input: from the first to the one before the end; none where the first is not before it.</summary>
    public (int First, int End) Seen(int place)
    {
        var start = (place * Stride) - Padding;
        var first = start < 0 ? (Dilation - 1 - start) / Dilation : 0;
        return (first, Math.Min(Kernel, (Size - start + Dilation - 1) / Dilation));
    }

    /// <summary>Values under a place's window that are of the input or of the padding before and behind it (PyTorch, avg_pool2d): not those beyond.</summary>
    public int Counted(int place)
    {
        var start = (place * Stride) - Padding;
        return Math.Min(start + Kernel, Size + Padding) - start;
    }

    /// <summary>Values of the output's gradient that are missing before the first, for the input's gradient to find every one that it asks for.</summary>
    public int GradientPadding => Math.Max(0, -Shifts.Min());

    /// <summary>Values of the output's gradient, with as many as it asks for on both sides.</summary>
    public int GradientReach
    {
        get
        {
            var most = Out;
            for (var phase = 0; phase < Stride; phase++)
            {
                foreach (var tap in Taps(phase))
                    most = Math.Max(most, Count(phase) + Shift(phase, tap));
            }

            return most + GradientPadding;
        }
    }

    private IEnumerable<int> Shifts
    {
        get
        {
            for (var phase = 0; phase < Stride; phase++)
            {
                foreach (var tap in Taps(phase))
                    yield return Shift(phase, tap);
            }
        }
    }

    /// <summary>
    /// The input's values at <c>phase, phase + stride, ...</c> are seen by the same values of the window: these, in the order in which their places stand in
    /// the output.
    /// </summary>
    public int[] Taps(int phase)
    {
        var taps = new List<int>();
        for (var tap = Kernel - 1; tap >= 0; tap--)
        {
            if ((phase + Padding - (tap * Dilation)) % Stride == 0)
                taps.Add(tap);
        }

        return [.. taps];
    }

    /// <summary>The place from which a value of the window sees the first of a phase's values; the next place sees the next.</summary>
    public int Shift(int phase, int tap) => (phase + Padding - (tap * Dilation)) / Stride;

    /// <summary>The input's values of a phase.</summary>
    public int Count(int phase) => Math.Max(0, (Size - phase + Stride - 1) / Stride);
}

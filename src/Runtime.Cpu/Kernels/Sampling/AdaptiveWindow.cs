namespace ModelGen.Cpu.Kernels;

/// <summary>The window of one place of an adaptive pool: from <c>floor(place size / out)</c> to <c>ceil((place + 1) size / out)</c> (PyTorch, AdaptivePooling.h).</summary>
internal readonly record struct AdaptiveWindow(int First, int End)
{
    /// <summary>How many values it covers.</summary>
    public int Count => End - First;

    /// <summary>That of a place.</summary>
    public static AdaptiveWindow Of(int place, int size, int places) =>
        new((int)((long)place * size / places), (int)((((place + 1L) * size) + places - 1) / places));
}

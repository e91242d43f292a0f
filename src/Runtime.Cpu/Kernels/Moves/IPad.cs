namespace ModelGen.Cpu.Kernels;

/// <summary>Values added around an image, or cut off where their number is negative, as PyTorch's <c>pad</c>. A row-major <c>[height, width]</c> has one channel.</summary>
public interface IPad
{
    /// <summary>Rows of the input.</summary>
    public static abstract int Height { get; }

    /// <summary>Columns of the input.</summary>
    public static abstract int Width { get; }

    /// <summary>Channels of both.</summary>
    public static virtual int Channels => 1;

    /// <summary>Rows of the output. With those above they say how many are added below.</summary>
    public static abstract int OutHeight { get; }

    /// <summary>Columns of the output.</summary>
    public static abstract int OutWidth { get; }

    /// <summary>Rows added above.</summary>
    public static virtual int Top => 0;

    /// <summary>Columns added before.</summary>
    public static virtual int Left => 0;

    /// <summary>The added values, where they are not the image's own.</summary>
    public static virtual double Value => 0;
}

/// <summary>What the added values are.</summary>
public interface IPadding
{
    /// <summary>Where a place before the first value or behind the last one has its value from; -1 for the added value.</summary>
    internal static abstract int Source(int place, int size);
}

/// <summary>All the same.</summary>
public readonly struct ConstantPadding : IPadding
{
    static int IPadding.Source(int place, int size) => -1;
}

/// <summary>Those beside the edge, mirrored.</summary>
public readonly struct ReflectPadding : IPadding
{
    static int IPadding.Source(int place, int size) => place < 0 ? -place : (2 * (size - 1)) - place;
}

/// <summary>The edge's own.</summary>
public readonly struct ReplicatePadding : IPadding
{
    static int IPadding.Source(int place, int size) => place < 0 ? 0 : size - 1;
}

/// <summary>Those of the other end.</summary>
public readonly struct CircularPadding : IPadding
{
    static int IPadding.Source(int place, int size) => place < 0 ? place + size : place - size;
}

namespace ModelGen.Cpu.Simd;

/// <summary>A number known when a kernel is compiled: how many rows or columns its registers hold.</summary>
internal interface ICount
{
    /// <summary>The number.</summary>
    public static abstract int Value { get; }
}

/// <summary>1.</summary>
internal readonly struct Count1 : ICount
{
    public static int Value => 1;
}

/// <summary>2.</summary>
internal readonly struct Count2 : ICount
{
    public static int Value => 2;
}

/// <summary>3.</summary>
internal readonly struct Count3 : ICount
{
    public static int Value => 3;
}

/// <summary>4.</summary>
internal readonly struct Count4 : ICount
{
    public static int Value => 4;
}

/// <summary>5.</summary>
internal readonly struct Count5 : ICount
{
    public static int Value => 5;
}

/// <summary>6.</summary>
internal readonly struct Count6 : ICount
{
    public static int Value => 6;
}

/// <summary>7.</summary>
internal readonly struct Count7 : ICount
{
    public static int Value => 7;
}

/// <summary>8.</summary>
internal readonly struct Count8 : ICount
{
    public static int Value => 8;
}

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Two to four inputs behind each other, as PyTorch's <c>cat</c>: a row of the output is a row of each. Along an image's channels the pixels are the rows;
/// along its width its rows are; along its height, or for vectors, there is one.
/// </summary>
public interface IConcat
{
    /// <summary>Rows of the inputs and of the output.</summary>
    public static virtual int Rows => 1;

    /// <summary>Values of a row of the first input.</summary>
    public static abstract int First { get; }

    /// <summary>Values of a row of the second input.</summary>
    public static abstract int Second { get; }

    /// <summary>Values of a row of the third input; 0 where there is none.</summary>
    public static virtual int Third => 0;

    /// <summary>Values of a row of the fourth input; 0 where there is none.</summary>
    public static virtual int Fourth => 0;
}

namespace ModelGen.Cpu.Kernels;

/// <summary>Batch normalisation of each channel, with a max-pool behind it whose windows lie side by side.</summary>
public interface IBatchNorm
{
    /// <summary>Rows of the input; 1 for a vector of features.</summary>
    public static virtual int Height => 1;

    /// <summary>Columns of the input; 1 for a vector of features.</summary>
    public static virtual int Width => 1;

    /// <summary>Channels, or features.</summary>
    public static abstract int Channels { get; }

    /// <summary>The pool's kernel and stride; 1 where there is none. Rows and columns that fill no window are left out.</summary>
    public static virtual int PoolSize => 1;

    /// <summary>Is added to the variance.</summary>
    public static virtual double Epsilon => 1e-5;

    /// <summary>The part of the running statistics that a batch replaces.</summary>
    public static virtual double Momentum => 0.1;
}

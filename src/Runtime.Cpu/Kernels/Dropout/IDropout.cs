namespace ModelGen.Cpu.Kernels;

/// <summary>A dropout, as PyTorch's <c>Dropout</c>, <c>Dropout2d</c> and <c>AlphaDropout</c>, and stochastic depth.</summary>
public interface IDropout
{
    /// <summary>Values of a sample.</summary>
    public static abstract int Length { get; }

    /// <summary>The probability of a value, a channel or a sample to be dropped, 0 to 1.</summary>
    public static virtual double Probability => 0.5;
}

/// <summary>A dropout of whole channels. A sample is seen as <c>[length / (channels * inner), channels, inner]</c>.</summary>
public interface IChannelDropout : IDropout
{
    /// <summary>How many channels.</summary>
    public static abstract int Channels { get; }

    /// <summary>Values of a channel that lie side by side; 1 for an image.</summary>
    public static virtual int Inner => 1;
}

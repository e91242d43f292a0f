namespace ModelGen.Cpu.Kernels;

/// <summary>A recurrent layer, as PyTorch's <c>LSTM</c>, <c>GRU</c> and <c>RNN</c> with batches first.</summary>
public interface IRecurrent
{
    /// <summary>Positions of the sequence.</summary>
    public static abstract int Length { get; }

    /// <summary>Features of each.</summary>
    public static abstract int InputSize { get; }

    /// <summary>Features that a step keeps.</summary>
    public static abstract int HiddenSize { get; }

    /// <summary>Layers behind each other.</summary>
    public static virtual int NumLayers => 1;

    /// <summary>Whether trained values are added in each step.</summary>
    public static virtual bool HasBias => true;

    /// <summary>Whether the sequence is read from its end too.</summary>
    public static virtual bool IsBidirectional => false;

    /// <summary>Whether only what is kept at the end is given, and not each step's.</summary>
    public static virtual bool IsLast => false;
}

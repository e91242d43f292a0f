// Derived from src/Generator/Layers/RNN.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Elman network, h = tanh(W x + b + W' h' + b') at each step, where h' is the one before: [N, L, E] to [N, L, H], or to [N, H] where output is 'last'; 2 H in both directions.</summary>
public sealed class RNNAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="hiddenSize">H, the features that a step keeps, in each direction: a whole number of at least 1.</param>
    public RNNAttribute(int hiddenSize)
    {
        HiddenSize = hiddenSize;
    }

    /// <summary>H, the features that a step keeps, in each direction: a whole number of at least 1.</summary>
    public int HiddenSize { get; }

    /// <summary>E, the input's features, to have it checked: a whole number of at least 1. Default: the input's.</summary>
    public int InputSize { get; set; }

    /// <summary>The number of such layers behind each other: a whole number of at least 1. Default: 1.</summary>
    public int NumLayers { get; set; } = 1;

    /// <summary>What each step applies to its sum: one of 'tanh', 'relu'. Default: tanh.</summary>
    public string Nonlinearity { get; set; } = "tanh";

    /// <summary>Adds trained values in each step: true or false. Default: true.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>The probability of a value between two layers to be dropped in training: a number from 0 to 1. Default: 0.0.</summary>
    public double Dropout { get; set; }

    /// <summary>Reads the sequence from its end too, and gives both results, 2 H features: true or false. Default: false.</summary>
    public bool Bidirectional { get; set; }

    /// <summary>All steps' results, or what the last layer has kept at its end: one of 'sequence', 'last'. Default: sequence.</summary>
    public string Output { get; set; } = "sequence";
}

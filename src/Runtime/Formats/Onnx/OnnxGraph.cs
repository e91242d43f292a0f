namespace ModelGen.Formats.Onnx;

/// <summary>A network as ONNX has it, without its weights: the table that the generated <c>ExportOnnx</c> hands over.</summary>
public sealed class OnnxGraph
{
    /// <summary>The network's name, such as <c>ConvNet</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Tells the network from others by all that its layers are.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What flows in.</summary>
    public required IReadOnlyList<OnnxValue> Inputs { get; init; }

    /// <summary>What the network gives.</summary>
    public required IReadOnlyList<OnnxValue> Outputs { get; init; }

    /// <summary>The names of its classes in the order of their labels, or null where the spec does not say them.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The values that the spec decides and no training changes.</summary>
    public IReadOnlyList<OnnxConstant> Constants { get; init; } = [];

    /// <summary>The nodes, each behind those whose values it takes. What no input, constant or node gives is a weight's key in the state_dict.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; init; } = [];

    /// <summary>The same graph with other nodes.</summary>
    internal OnnxGraph With(IReadOnlyList<OnnxNode> nodes) => new()
    {
        Name = Name,
        Fingerprint = Fingerprint,
        Inputs = Inputs,
        Outputs = Outputs,
        Classes = Classes,
        Constants = Constants,
        Nodes = nodes,
    };
}

/// <summary>An input or an output of a network.</summary>
/// <param name="name">The spec's name for it.</param>
/// <param name="sizes">Its sizes behind the batch, which may be of any size.</param>
/// <param name="isIndices">Whether it holds whole numbers (int64), rather than float32.</param>
public sealed class OnnxValue(string name, IReadOnlyList<long> sizes, bool isIndices = false)
{
    /// <summary>The spec's name for it.</summary>
    public string Name { get; } = name;

    /// <summary>Its sizes behind the batch.</summary>
    public IReadOnlyList<long> Sizes { get; } = sizes;

    /// <summary>Whether it holds whole numbers (int64), rather than float32.</summary>
    public bool IsIndices { get; } = isIndices;
}

/// <summary>How a network is written as ONNX.</summary>
public sealed record OnnxOptions
{
    /// <summary>The oldest operator set that can be written: the first with layer normalisation.</summary>
    public const int LeastOpset = 17;

    /// <summary>The newest operator set that was tried.</summary>
    public const int MostOpset = 21;

    /// <summary>The operator set, 17 to 21. The oldest is read by the most programs.</summary>
    public int Opset { get; init; } = LeastOpset;

    /// <summary>Whether batch norms are multiplied into the convolutions and linear layers before them: the same outputs up to rounding, by fewer nodes.</summary>
    public bool FoldBatchNorm { get; init; }

    /// <summary>The names of the classes in the order of their labels; null takes the spec's.</summary>
    public IReadOnlyList<string>? Classes { get; init; }
}

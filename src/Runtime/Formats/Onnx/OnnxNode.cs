namespace ModelGen.Formats.Onnx;

/// <summary>A node of a graph: one operator, with what it takes and gives.</summary>
/// <param name="name">Its name: the layer's, or one below it, such as <c>gelu1/Erf</c>.</param>
/// <param name="op">The operator: <c>Conv</c>.</param>
/// <param name="inputs">The names of the values that it takes; empty for one that it does without.</param>
/// <param name="attributes">Its settings that are not ONNX's defaults.</param>
public sealed class OnnxNode(string name, string op, IReadOnlyList<string> inputs, IReadOnlyList<OnnxSetting>? attributes = null)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The operator.</summary>
    public string Operator { get; } = op;

    /// <summary>The names of the values that it takes.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;

    /// <summary>Its settings.</summary>
    public IReadOnlyList<OnnxSetting> Attributes { get; } = attributes ?? [];

    /// <summary>The names of the values that it gives, empty for one that nobody takes: one of its own name, unless said otherwise.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [name];
}

/// <summary>A setting of a node.</summary>
public sealed class OnnxSetting
{
    /// <summary>A whole number.</summary>
    public OnnxSetting(string name, long value) => (Name, Value) = (name, value);

    /// <summary>A real number, which the file holds as float32.</summary>
    public OnnxSetting(string name, double value) => (Name, Value) = (name, value);

    /// <summary>A word.</summary>
    public OnnxSetting(string name, string value) => (Name, Value) = (name, value);

    /// <summary>Whole numbers.</summary>
    public OnnxSetting(string name, long[] value) => (Name, Value) = (name, value);

    /// <summary>Words.</summary>
    public OnnxSetting(string name, string[] value) => (Name, Value) = (name, value);

    /// <summary>What a file has: of one of these types, real numbers or a tensor.</summary>
    internal OnnxSetting(string name, object value) => (Name, Value) = (name, value);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its value, of one of the constructors' types.</summary>
    public object Value { get; }
}

using ModelGen.Formats;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Tool.Import;

/// <summary>A value of a network that is being imported: an input, or what a layer gives.</summary>
/// <param name="Shape">Its shape.</param>
internal abstract record ImportedValue(TensorShape Shape)
{
    /// <summary>The name by which a layer takes it.</summary>
    public string Name { get; set; } = "";
}

/// <summary>An input of the network.</summary>
/// <param name="Shape">Its shape.</param>
internal sealed record ImportedInput(TensorShape Shape) : ImportedValue(Shape);

/// <summary>A layer, and the value that it gives.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Settings">Its settings, but for its name and what it takes.</param>
/// <param name="Inputs">What flows in, and its operands.</param>
/// <param name="Shape">The shape of what it gives.</param>
internal sealed record ImportedLayer(LayerKind Kind, IReadOnlyList<SettingSpec> Settings, IReadOnlyList<ImportedValue> Inputs, TensorShape Shape) : ImportedValue(Shape)
{
    /// <summary>What it is called in the file, from which its name is made; null takes the kind's with a number.</summary>
    public string? Hint { get; init; }

    /// <summary>Its tensors, each by what stands behind its name in the state_dict; nothing for a layer that is a tensor itself.</summary>
    public List<(string Name, StoredTensor Tensor)> Weights { get; init; } = [];

    // Two layers that say the same are two layers.
    public bool Equals(ImportedLayer? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

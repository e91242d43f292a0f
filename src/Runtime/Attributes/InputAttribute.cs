namespace ModelGen;

/// <summary>The shape of one input of the network, without the batch: <c>[Input(3, 28, 28)]</c> for <c>[N, 3, 28, 28]</c>.</summary>
/// <param name="sizes">The sizes, outermost first, each at least 1: for images channels, height, width.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InputAttribute(params int[] sizes) : Attribute
{
    /// <summary>The sizes, outermost first.</summary>
    public IReadOnlyList<int> Sizes { get; } = sizes;

    /// <summary>The kind of its numbers. Default: float32.</summary>
    public InputType Type { get; set; }
}

/// <summary>The kind of numbers that an input holds.</summary>
public enum InputType
{
    /// <summary>Real numbers of 32 bits: images, features.</summary>
    Float32,

    /// <summary>Whole numbers of 64 bits: the indices of words.</summary>
    Int64,
}

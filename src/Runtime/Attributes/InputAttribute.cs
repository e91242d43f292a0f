namespace ModelGen;

/// <summary>
/// The shape of one input of the network, without the batch: <c>[Input(3, 28, 28)]</c> for <c>[N, 3, 28, 28]</c>. A network of several inputs has
/// one of these for each, in the order of <c>forward</c>, and names them: <c>[Input("image", 3, 28, 28), Input("tokens", 16, Type = InputType.Int64)]</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Declares the only input.</summary>
    /// <param name="sizes">The sizes, outermost first, each at least 1: for images channels, height, width.</param>
    public InputAttribute(params int[] sizes)
        : this("input", sizes)
    {
    }

    /// <summary>Declares one of several inputs.</summary>
    /// <param name="name">Its name, which is the parameter's of <c>forward</c>: a letter and then letters, digits or underscores.</param>
    /// <param name="sizes">The sizes, outermost first, each at least 1.</param>
    public InputAttribute(string name, params int[] sizes) => (Name, Sizes) = (name, sizes);

    /// <summary>Its name; <c>input</c> for one alone.</summary>
    public string Name { get; }

    /// <summary>The sizes, outermost first.</summary>
    public IReadOnlyList<int> Sizes { get; }

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

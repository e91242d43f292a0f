namespace ModelGen.Cpu;

/// <summary>A trained tensor of a network, or one that it keeps beside them, as PyTorch's running statistics.</summary>
/// <param name="name">PyTorch's key, <c>conv1.weight</c>.</param>
/// <param name="shape">Its sizes, in PyTorch's order: <c>[out, in, kernel, kernel]</c> for a convolution.</param>
/// <param name="isTrained">Whether an optimizer changes it.</param>
public sealed class Parameter(string name, int[] shape, bool isTrained = true)
{
    /// <summary>PyTorch's key.</summary>
    public string Name { get; } = name;

    /// <summary>The sizes; empty for one number.</summary>
    public IReadOnlyList<int> Shape { get; } = shape;

    /// <summary>Whether an optimizer changes it.</summary>
    public bool IsTrained { get; } = isTrained;

    /// <summary>The values, row-major.</summary>
    public float[] Values { get; } = new float[Product(shape)];

    /// <summary>The gradient of the last batches, row-major; none where nothing is trained.</summary>
    public float[] Gradient { get; } = isTrained ? new float[Product(shape)] : [];

    private static int Product(int[] sizes) => sizes.Aggregate(1, (product, size) => checked(product * size));
}

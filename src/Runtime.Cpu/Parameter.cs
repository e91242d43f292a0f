namespace ModelGen.Cpu;

/// <summary>A trained tensor of a network, or one that it keeps beside them, as PyTorch's running statistics.</summary>
public sealed class Parameter
{
    private readonly long[] _count;

    /// <summary>A tensor of zeros.</summary>
    /// <param name="name">PyTorch's key, <c>conv1.weight</c>.</param>
    /// <param name="shape">Its sizes, in PyTorch's order: <c>[out, in, kernel, kernel]</c> for a convolution.</param>
    /// <param name="isTrained">Whether an optimizer changes it.</param>
    public Parameter(string name, int[] shape, bool isTrained = true)
        : this(name, shape, isTrained, isCount: false)
    {
    }

    private Parameter(string name, int[] shape, bool isTrained, bool isCount)
    {
        Name = name;
        Shape = shape;
        IsTrained = isTrained;
        Values = isCount ? [] : new float[Product(shape)];
        Gradient = isTrained ? new float[Values.Length] : [];
        _count = isCount ? [0] : [];
    }

    /// <summary>A count that is no float: the batches that a batch norm has seen, PyTorch's <c>num_batches_tracked</c>, int64 [] in a file.</summary>
    /// <param name="name">PyTorch's key, <c>bn1.num_batches_tracked</c>.</param>
    public static Parameter BatchCount(string name) => new(name, [], isTrained: false, isCount: true);

    /// <summary>PyTorch's key.</summary>
    public string Name { get; }

    /// <summary>The sizes; empty for one number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Whether an optimizer changes it.</summary>
    public bool IsTrained { get; }

    /// <summary>Whether it is a parameter in PyTorch, trained or frozen, and no running statistic: those have the names that batch norms give them.</summary>
    internal bool IsLearnable => IsTrained || !(IsCount || Name[(Name.LastIndexOf('.') + 1)..] is "running_mean" or "running_var");

    /// <summary>Whether it is a <see cref="Count"/> and no values.</summary>
    public bool IsCount => _count.Length > 0;

    /// <summary>The values, row-major; none of a count.</summary>
    public float[] Values { get; }

    /// <summary>The gradient of the last batches, row-major; none where nothing is trained.</summary>
    public float[] Gradient { get; }

    /// <summary>The count, of what is one.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public ref long Count
    {
        get
        {
            if (!IsCount)
                throw new InvalidOperationException($"'{Name}' has values and is no count.");
            return ref _count[0];
        }
    }

    private static int Product(int[] sizes) => sizes.Aggregate(1, (product, size) => checked(product * size));
}

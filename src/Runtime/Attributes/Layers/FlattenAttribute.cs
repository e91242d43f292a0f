// Derived from src/Generator/Layers/Flatten.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Merges the dimensions from start_dim to end_dim into one: [N, C, H, W] to [N, C H W].</summary>
public sealed class FlattenAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="startDim">The first dimension to merge, where 0 is the batch: a whole number of at least 1. Default: 1.</param>
    /// <param name="endDim">The last dimension to merge, where -1 is the last one: a whole number. Default: -1.</param>
    public FlattenAttribute(int startDim = 1, int endDim = -1)
    {
        StartDim = startDim;
        EndDim = endDim;
    }

    /// <summary>The first dimension to merge, where 0 is the batch: a whole number of at least 1. Default: 1.</summary>
    public int StartDim { get; }

    /// <summary>The last dimension to merge, where -1 is the last one: a whole number. Default: -1.</summary>
    public int EndDim { get; }
}

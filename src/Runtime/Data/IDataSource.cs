namespace ModelGen.Data;

/// <summary>
/// Labelled images of your own, wherever they come from. <see cref="Read"/> is called by several threads at once while a network trains, for any
/// image and as often as an epoch needs it, and must give the same values each time: a run is a function of its spec, data and seed. The other members
/// are asked once, by <see cref="ImageSet.FromSource"/>.
/// </summary>
public interface IDataSource
{
    /// <summary>The number of images.</summary>
    public int Count { get; }

    /// <summary>The shape of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The names of the classes, in the order of their labels.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The class of an image: 0 to <c>Classes.Count - 1</c>.</summary>
    /// <param name="index">0 to <c>Count - 1</c>.</param>
    public int Label(int index);

    /// <summary>Writes an image; what it throws ends the run with one sentence that has the index.</summary>
    /// <param name="index">0 to <c>Count - 1</c>.</param>
    /// <param name="pixels">As long as the shape, all 0 (black): takes <c>[C, H, W]</c> row-major, 0 to 255.</param>
    public void Read(int index, Span<byte> pixels);
}

namespace ModelGen.Data;

/// <summary>
/// Labelled images of one size, at one byte per value: in memory, in a file of which the system keeps in memory what
/// it has room for, or read anew each time from a source of the user's.
/// </summary>
public sealed class ImageSet
{
    private readonly PixelStorage _pixels;
    private readonly int[] _labels;

    /// <summary>Creates the set over <paramref name="pixels"/> and <paramref name="labels"/>, which it keeps and does not copy.</summary>
    /// <param name="shape">The shape of every image.</param>
    /// <param name="pixels">All images one after the other, each <c>[C, H, W]</c> row-major, 0 (black) to 255.</param>
    /// <param name="labels">One class per image: 0 to <c>classes.Count - 1</c>.</param>
    /// <param name="classes">The names of the classes, in the order of their labels.</param>
    /// <exception cref="ArgumentException">The lengths don't fit together, or a label is out of range.</exception>
    public ImageSet(ImageShape shape, byte[] pixels, int[] labels, IReadOnlyList<string> classes)
        : this(shape, new ArrayPixels(pixels ?? throw new ArgumentNullException(nameof(pixels))), labels, classes)
    {
    }

    /// <summary>The images of a source of your own, which are read when they are needed and not kept; the labels are read here.</summary>
    /// <param name="source">The source; see there from which threads it is called.</param>
    /// <exception cref="ModelGenException">A label can't be read or is no class's.</exception>
    public static ImageSet FromSource(IDataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var (count, classes) = (source.Count, source.Classes);
        var labels = new int[count];
        for (var i = 0; i < count; i++)
            labels[i] = SourcePixels.Label(source, i, classes.Count);
        return new ImageSet(source.Shape, new SourcePixels(source, count), labels, classes);
    }

    /// <summary>The same with the values anywhere.</summary>
    internal ImageSet(ImageShape shape, PixelStorage pixels, int[] labels, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        if (pixels.Length != (long)labels.Length * shape.Length)
            throw new ArgumentException(
                $"{labels.Length} labels of {shape} images need {(long)labels.Length * shape.Length} bytes, not {pixels.Length}.",
                nameof(pixels));
        foreach (var label in labels)
        {
            if (label < 0 || label >= classes.Count)
                throw new ArgumentException($"Label {label} is out of range for {classes.Count} classes.", nameof(labels));
        }

        Shape = shape;
        Classes = classes;
        _pixels = pixels;
        _labels = labels;
    }

    /// <summary>The shape of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The names of the classes, in the order of their labels.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>Whether the values are here, or are read from a source each time.</summary>
    internal bool IsAtHand => _pixels.IsAtHand;

    /// <summary>Whether the values are in the program's own memory, where reading never waits for a disk.</summary>
    internal bool IsInMemory => _pixels.IsInMemory;

    /// <summary>The values of image <paramref name="index"/>: <c>[C, H, W]</c> row-major, 0 to 255; to be used as long as the set is in use.</summary>
    /// <exception cref="ModelGenException">The source of the image failed.</exception>
    public ReadOnlySpan<byte> Pixels(int index) => _pixels.Read((long)index * Shape.Length, Shape.Length);

    /// <summary>Copies the values of image <paramref name="index"/> to <paramref name="pixels"/>: <c>[C, H, W]</c> row-major, 0 to 255.</summary>
    /// <exception cref="ModelGenException">The source of the image failed.</exception>
    public void Read(int index, Span<byte> pixels) => _pixels.Copy((long)index * Shape.Length, pixels[..Shape.Length]);

    /// <summary>Only the images at <paramref name="indices"/>, in that order; their values are shared.</summary>
    internal ImageSet Only(int[] indices) => new(Shape, new PickedPixels(_pixels, indices, Shape.Length), Array.ConvertAll(indices, Label), Classes);

    /// <summary>The class of image <paramref name="index"/>.</summary>
    public int Label(int index) => _labels[index];
}

namespace ModelGen.Data;

/// <summary>One set of labelled images that was found, and not yet read.</summary>
internal interface IImageSource
{
    /// <summary>What it is and where, as it stands in a sentence: <c>IDX files in /x/y</c>.</summary>
    public string Place { get; }

    /// <summary>The names of the classes in the order of their labels, for a network with <paramref name="outputs"/> outputs.</summary>
    public IReadOnlyList<string> Classes(int outputs);

    /// <summary>The same set with <paramref name="names"/> for its classes, if it numbers them only; a set whose folders name them keeps those names.</summary>
    public IImageSource Naming(IReadOnlyList<string> names) => this;

    /// <summary>Reads the images.</summary>
    /// <param name="request">Which, and what they shall come to.</param>
    /// <exception cref="ModelGenException">Something is wrong with the data, or it doesn't fit the network.</exception>
    public LoadedImages Load(ImageRequest request);
}

/// <summary>A set that was read.</summary>
/// <param name="Images">The images that were kept.</param>
/// <param name="Found">How many there were before the limit and before unreadable ones were left out.</param>
/// <param name="Unreadable">How many were left out because they can't be decoded.</param>
internal sealed record LoadedImages(ImageSet Images, int Found, int Unreadable)
{
    /// <summary>What it took to decode them, if they are image files.</summary>
    public Decoding? Decoding { get; init; }

    /// <summary>How many files of other types lie beside the images.</summary>
    public int Others { get; init; }
}

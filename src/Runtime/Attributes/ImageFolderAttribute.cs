namespace ModelGen;

/// <summary>The network learns from images: a folder with one sub-folder per class, or MNIST's IDX files. Which folder is an option of the run.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ImageFolderAttribute : Attribute
{
    /// <summary>Leaves out images that can't be decoded, and says how many, instead of stopping at the first. Default: false.</summary>
    public bool SkipUnreadable { get; set; }
}

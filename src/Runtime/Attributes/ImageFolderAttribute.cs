namespace ModelGen;

/// <summary>The network learns from images: a folder with one sub-folder per class, or MNIST's IDX files. Which folder is an option of the run.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ImageFolderAttribute : Attribute
{
    /// <summary>
    /// The classes that the data must have, in the order of their labels, which is the ordinal order of their folders' names: one or more
    /// texts, all different and each of 1 to 100 characters. IDX files and drawn digits call theirs 0, 1, 2 and so on. Default: any.
    /// </summary>
    public string[] Classes { get; set; } = [];

    /// <summary>How many training images there are, at least 1, for what the build can check; a run takes what it finds. Default: unknown.</summary>
    public int TrainImages { get; set; }

    /// <summary>
    /// What is subtracted from each channel, whose values are 0 to 1 then, before it is divided by <see cref="Std"/>, as torchvision's Normalize
    /// does it: one number per channel, together with <see cref="Std"/>. Default: values stay 0 to 1.
    /// </summary>
    public double[] Mean { get; set; } = [];

    /// <summary>What each channel is divided by after <see cref="Mean"/> is subtracted: one number above 0 per channel. Default: as there.</summary>
    public double[] Std { get; set; } = [];

    /// <summary>
    /// Mirrors each training image left-right with probability 1/2, anew in each epoch, as the seed decides; images to test and to predict stay
    /// as they are. Default: false.
    /// </summary>
    public bool HorizontalFlip { get; set; }

    /// <summary>Leaves out images that can't be decoded, and says how many, instead of stopping at the first. Default: false.</summary>
    public bool SkipUnreadable { get; set; }
}

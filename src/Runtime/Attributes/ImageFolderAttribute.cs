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

    /// <summary>How images of another size come to the input's, also those to test and to predict. Default: they are refused.</summary>
    public Resize Resize { get; set; }

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

    /// <summary>Mirrors each training image top-bottom with probability 1/2, as there. Default: false.</summary>
    public bool VerticalFlip { get; set; }

    /// <summary>
    /// Pads each training image with so many pixels of black on all sides, and cuts its size out of that at random, as there: 1 to 1000.
    /// Default: none.
    /// </summary>
    public int RandomCrop { get; set; }

    /// <summary>Turns each training image by up to so many degrees to either side, around its centre, as there: 0 to 180. Default: 0.</summary>
    public double Rotate { get; set; }

    /// <summary>Shifts each training image by up to this share of its width, and of its height, as there: 0 to 1. Default: 0.</summary>
    public double Shift { get; set; }

    /// <summary>Scales each training image around its centre by a factor from 1 - Scale to 1 + Scale, as there: 0 to below 1. Default: 0.</summary>
    public double Scale { get; set; }

    /// <summary>Leans the vertical lines of each training image by up to so many degrees to either side, as there: 0 to below 90. Default: 0.</summary>
    public double Shear { get; set; }

    /// <summary>Multiplies the values of each training image by a factor from 1 - Brightness (or 0) to 1 + Brightness, as there: at least 0. Default: 0.</summary>
    public double Brightness { get; set; }

    /// <summary>
    /// Multiplies the distance of each training image's values from their mean by a factor from 1 - Contrast (or 0) to 1 + Contrast, as there:
    /// at least 0. Default: 0.
    /// </summary>
    public double Contrast { get; set; }

    /// <summary>Blackens a rectangle of each training image, 2 % to 33 % of its area, with this probability, as there: 0 to 1. Default: 0.</summary>
    public double Erase { get; set; }

    /// <summary>Leaves out images that can't be decoded, and says how many, instead of stopping at the first. Default: false.</summary>
    public bool SkipUnreadable { get; set; }
}

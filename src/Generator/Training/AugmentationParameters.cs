using System.Collections.Generic;
using ModelGen.Layers;

namespace ModelGen.Training;

/// <summary>What a spec can do to its training images, anew in each epoch, and to no other image; in the order in which it is done.</summary>
internal static class AugmentationParameters
{
    public static readonly Parameter<long> RandomCrop = Parameter.Integer(
        "random_crop", "Pads each training image with so many pixels of black on all sides, and cuts its size out of that at random",
        1, max: 1000, fallbackWords: "none");
    public static readonly Parameter<double> Rotate = Parameter.Real("rotate", "Turns each training image by up to so many degrees to either side", 0, 0, max: 180);
    public static readonly Parameter<double> Shift = Parameter.Real("shift", "Shifts each training image by up to this share of its width and height", 0, 0, max: 1);
    public static readonly Parameter<double> Scale = Parameter.Real(
        "scale", "Scales each training image by a factor from 1 - scale to 1 + scale", 0, 0, max: 1, belowMax: true);
    public static readonly Parameter<double> Shear = Parameter.Real(
        "shear", "Leans each training image by up to so many degrees to either side", 0, 0, max: 90, belowMax: true);
    public static readonly Parameter<bool> HorizontalFlip = Parameter.Flag(
        "horizontal_flip", "Mirrors each training image left-right with probability 1/2, anew in each epoch, and no other image", false);
    public static readonly Parameter<bool> VerticalFlip = Parameter.Flag("vertical_flip", "Mirrors each training image top-bottom with probability 1/2", false);
    public static readonly Parameter<double> Brightness = Parameter.Real(
        "brightness", "Multiplies the values of each training image by a factor from 1 - brightness to 1 + brightness", 0, 0);
    public static readonly Parameter<double> Contrast = Parameter.Real(
        "contrast", "Multiplies the distance of each training image's values from their mean by a factor from 1 - contrast to 1 + contrast", 0, 0);
    public static readonly Parameter<double> Erase = Parameter.Real(
        "erase", "Blackens a rectangle of each training image with this probability, 2 % to 33 % of its area", 0, 0, max: 1);

    public static IReadOnlyList<Parameter> All { get; } = [RandomCrop, Rotate, Shift, Scale, Shear, HorizontalFlip, VerticalFlip, Brightness, Contrast, Erase];
}

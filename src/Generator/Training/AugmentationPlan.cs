using ModelGen.Layers;

namespace ModelGen.Training;

/// <summary>What is done to training images; 0 and false are nothing.</summary>
internal sealed record AugmentationPlan(
    long RandomCrop,
    double Rotate,
    double Shift,
    double Scale,
    double Shear,
    bool HorizontalFlip,
    bool VerticalFlip,
    double Brightness,
    double Contrast,
    double Erase)
{
    public static AugmentationPlan None { get; } = new(0, 0, 0, 0, 0, false, false, 0, 0, 0);

    /// <summary>Whether training images are resampled at places between pixels.</summary>
    public bool IsAffine => Rotate > 0 || Shift > 0 || Scale > 0 || Shear > 0;

    public bool IsNone => this == None;

    public static AugmentationPlan Of(Settings data) => new(
        data.Get(AugmentationParameters.RandomCrop),
        data.Get(AugmentationParameters.Rotate),
        data.Get(AugmentationParameters.Shift),
        data.Get(AugmentationParameters.Scale),
        data.Get(AugmentationParameters.Shear),
        data.Get(AugmentationParameters.HorizontalFlip),
        data.Get(AugmentationParameters.VerticalFlip),
        data.Get(AugmentationParameters.Brightness),
        data.Get(AugmentationParameters.Contrast),
        data.Get(AugmentationParameters.Erase));
}

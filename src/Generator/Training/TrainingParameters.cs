using System.Collections.Generic;
using System.Linq;
using ModelGen.Layers;

namespace ModelGen.Training;

/// <summary>What the training section and the data sources of a spec can set.</summary>
internal static class TrainingParameters
{
    public static readonly Parameter<string> Loss = Parameter.Choice("loss", "What training makes small", [.. LossKind.All.Select(loss => loss.Keyword)], positional: true);
    public static readonly Parameter<string> Optimizer = Parameter.Choice("optimizer", "How the gradients change the weights", ["sgd"], positional: true);
    public static readonly Parameter<double> LearningRate = Parameter.Real("learning_rate", "The optimizer's step size", 0, 0.01, open: true);
    public static readonly Parameter<double> Momentum = Parameter.Real("momentum", "The share of the last step that the next one keeps", 0, 0, max: 1, belowMax: true);
    public static readonly Parameter<double> WeightDecay = Parameter.Real("weight_decay", "Pulls each weight towards zero by this share of the step", 0, 0);
    public static readonly Parameter<long> BatchSize = Parameter.Integer("batch_size", "Images per optimisation step", 1, 32);
    public static readonly Parameter<long> Epochs = Parameter.Integer("epochs", "How often the whole training set is shown", 1, 20);

    public static readonly Parameter<IReadOnlyList<string>> Classes = Parameter.Texts(
        "classes", "The classes that the data must have, in the order of their labels, which is the ordinal order of their folders' names", "any");
    public static readonly Parameter<long> TrainImages = Parameter.Integer(
        "train_images", "How many training images there are, for what the build can check; a run takes what it finds", 1, fallbackWords: "unknown");
    public static readonly Parameter<string> Resize = Parameter.Choice(
        "resize",
        "How images of another size come to the input's: not at all, in both directions, as a whole on black, or so that they cover it and what sticks out is cut off",
        ["none", "stretch", "fit", "crop"],
        "none");
    public static readonly Parameter<IReadOnlyList<double>> Mean = Parameter.Reals(
        "mean", "What is subtracted from each channel, 0 to 1, before it is divided by std: torchvision's Normalize", Interval.Finite, "none");
    public static readonly Parameter<IReadOnlyList<double>> Std = Parameter.Reals(
        "std", "What each channel is divided by after mean is subtracted", new Interval(0, double.MaxValue, IsOpen: true), "none");
    public static readonly Parameter<bool> SkipUnreadable = Parameter.Flag("skip_unreadable", "Leaves out images that can't be decoded, and says how many, instead of stopping at the first", false);

    public static IReadOnlyList<Parameter> Training { get; } = [Loss, Optimizer, LearningRate, Momentum, WeightDecay, BatchSize, Epochs];

    public const string ImageFolderKeyword = "image_folder";

    public static IReadOnlyList<Parameter> ImageFolder { get; } = [Classes, TrainImages, Resize, Mean, Std, .. AugmentationParameters.All, SkipUnreadable];
}

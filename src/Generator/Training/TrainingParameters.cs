using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Layers;

namespace ModelGen.Training;

/// <summary>
/// What the training section of a spec can set, whatever it chooses, and what the data sources can. What only some losses, optimizers or schedules
/// take is theirs.
/// </summary>
internal static class TrainingParameters
{
    public static readonly Parameter<string> Loss = Parameter.Choice(
        "loss", "What training makes small", [.. TrainingCatalogue.Losses.Select(kind => kind.Keyword)], positional: true);
    public static readonly Parameter<string> Optimizer = Parameter.Choice(
        "optimizer", "How the gradients change the weights", [.. TrainingCatalogue.Optimizers.Select(kind => kind.Keyword)], positional: true);
    public static readonly Parameter<string> Schedule = Parameter.Choice(
        "schedule", "What becomes of the learning rate in the course of the run", [.. TrainingCatalogue.Schedules.Select(kind => kind.Keyword)], "constant");

    public static readonly Parameter<string> Precision = Parameter.Choice(
        "precision", "What the forward pass computes in; weights, gradients and the optimizer stay float32",
        [.. TrainingCatalogue.Precisions.Select(kind => kind.Keyword)],
        "float32");

    public static readonly Parameter<long> BatchSize = Parameter.Integer("batch_size", "Samples per batch", 1, 32);
    public static readonly Parameter<long> Epochs = Parameter.Integer("epochs", "How often the whole training set is shown", 1, 20);
    public static readonly Parameter<double> WarmupEpochs = Parameter.Real(
        "warmup_epochs", "Epochs, also parts of one, in which the learning rate rises in a straight line before the schedule begins", 0, 0);
    public static readonly Parameter<double> WarmupFactor = Parameter.Real(
        "warmup_factor", "The share of the learning rate that the warm-up starts from", 0, 0.01, max: 1, open: true);
    public static readonly Parameter<double> ClipNorm = Parameter.Real(
        "clip_norm", "The longest that all gradients together, as one vector, may be; longer ones are shortened to it", 0, null, open: true, fallbackWords: "none");
    public static readonly Parameter<double> ClipValue = Parameter.Real(
        "clip_value", "The largest that a single value of a gradient may be, up or down; larger ones are cut to it", 0, null, open: true, fallbackWords: "none");
    public static readonly Parameter<long> Accumulate = Parameter.Integer(
        "accumulate", "Batches whose gradients are averaged for one step, as if they were one batch", 1, 1);
    public static readonly Parameter<double> EmaDecay = Parameter.Real(
        "ema_decay", "How much of the weights' running mean stays at each step; the mean is what is tested and saved",
        0, null, max: 1, open: true, fallbackWords: "none");

    public static readonly Parameter<long> Patience = Parameter.Integer(
        "patience", "Epochs without an improvement after which the run stops", 1, fallbackWords: "never");
    public static readonly Parameter<double> MinDelta = Parameter.Real("min_delta", "How much better than the best a value must be to count as an improvement", 0, 0);
    public static readonly Parameter<string> Monitor = Parameter.Choice(
        "monitor", "What tells the best epoch and an improvement, a falling loss or a rising accuracy", ["loss", "accuracy"], "accuracy");
    public static readonly Parameter<double> ValidationShare = Parameter.Real(
        "validation_share", "The share of the training set that is held out to judge each epoch", 0, null, max: 1, open: true, fallbackWords: "none");
    public static readonly Parameter<bool> Stratified = Parameter.Flag("stratified", "Whether each class has the same share in what is held out", true);

    public static readonly Parameter<IReadOnlyList<string>> Freeze = Parameter.Texts(
        "freeze",
        "The parameters that training leaves as they are, by their keys, where * stands for any letters: \"features.*\"; batch norms among them stay as in evaluation",
        "none");

    /// <summary>The settings that every training takes.</summary>
    public static IReadOnlyList<Parameter> Common { get; } =
    [
        Loss, Optimizer, Schedule, Precision, BatchSize, Epochs,
        WarmupEpochs, WarmupFactor, ClipNorm, ClipValue, Accumulate, EmaDecay,
        Patience, MinDelta, Monitor, ValidationShare, Stratified, Freeze,
    ];

    /// <summary>The kinds that can be chosen, by the setting that chooses one.</summary>
    public static IReadOnlyList<(Parameter<string> Choice, IReadOnlyList<TrainingKind> Kinds)> Choices { get; } =
        [(Loss, TrainingCatalogue.Losses), (Optimizer, TrainingCatalogue.Optimizers), (Schedule, TrainingCatalogue.Schedules), (Precision, TrainingCatalogue.Precisions)];

    /// <summary>Those of them whose kinds take settings of their own.</summary>
    public static IReadOnlyList<(Parameter<string> Choice, IReadOnlyList<TrainingKind> Kinds)> ChoicesWithSettings { get; } =
        [.. Choices.Where(choice => choice.Kinds.Any(kind => kind.Parameters.Count > 0))];

    /// <summary>Every setting that any training takes, each name once: of kinds whose defaults differ the first one's.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
        [.. Common
            .Concat(Choices.SelectMany(choice => choice.Kinds.SelectMany(kind => kind.Parameters)))
            .GroupBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(same => same.First())];

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
    public static readonly Parameter<bool> SkipUnreadable = Parameter.Flag(
        "skip_unreadable", "Leaves out images that can't be decoded, and says how many, instead of stopping at the first", false);

    /// <summary>What every run can set anew, by name.</summary>
    public static IReadOnlyList<string> Options { get; } = ["learning_rate", BatchSize.Name, Epochs.Name];

    public static IReadOnlyList<Parameter> ImageFolder { get; } = [Classes, TrainImages, Resize, Mean, Std, .. AugmentationParameters.All, SkipUnreadable];

    /// <summary>Those of them that change what the network sees of the same data.</summary>
    public static IReadOnlyList<Parameter> Seen { get; } = [.. ImageFolder.Except([Classes, TrainImages, SkipUnreadable])];
}

using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>How a checked network is trained, and on what.</summary>
internal sealed record TrainingPlan(Recipe Recipe, long Classes, bool SkipUnreadable)
{
    /// <summary>The classes that the data must have, in the order of their labels; null for any.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>How many training images there are; null when the spec does not say.</summary>
    public long? TrainImages { get; init; }

    /// <summary>How images of another size come to the input's.</summary>
    public string Resize { get; init; } = TrainingParameters.Resize.Value;

    /// <summary>What is subtracted from each channel, 0 to 1; null, as <see cref="Std"/> then is too, when values stay so.</summary>
    public IReadOnlyList<double>? Mean { get; init; }

    /// <summary>What each channel is divided by then.</summary>
    public IReadOnlyList<double>? Std { get; init; }

    /// <summary>What is done to training images.</summary>
    public AugmentationPlan Augmentation { get; init; } = AugmentationPlan.None;

    /// <summary>What the spec says of training and data, but for what an option of the run sets: one line each.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Stands for the plan of a spec that has mistakes; it has class names, because a program may use them.</summary>
    public static TrainingPlan StandIn(Recipe recipe) => new(recipe, Classes: 1, SkipUnreadable: false) { ClassNames = [] };

    /// <summary>Null when the spec is a module alone, or when something is wrong.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="inputs">The inputs; empty when any is wrong.</param>
    /// <param name="network">The network; null when any layer is wrong.</param>
    /// <param name="findings">Receives the mistakes.</param>
    public static TrainingPlan? Read(ModelSpec spec, IReadOnlyList<GraphInput> inputs, FlatNetwork? network, List<Finding> findings)
    {
        var last = network?.Last;
        var recipe = Recipe.Read(spec.Training, findings);
        var data = ReadData(spec.Data, findings);
        if (spec.IsSound && spec.Training is null != spec.Data is null)
        {
            findings.Add(spec.Training is null
                ? Finding.Of(Rules.TrainingNeedsData, "data", "a data source", "training section", "a loss and an optimizer")
                : Finding.Of(Rules.TrainingNeedsData, "training", "a training section", "data source", "an image folder"));
        }

        if (spec.Training is null || spec.Data is null)
            return null;
        if (inputs.Count > 1 || network?.Outputs.Count > 1)
            findings.Add(Finding.Of(Rules.TrainingNeedsOne, "training", inputs.Count > 1 ? $"{inputs.Count} inputs" : $"{network!.Outputs.Count} outputs"));
        if (inputs.Count == 1 && inputs[0].Shape is var image && (image.IsIndices || image.Rank != 4 || image[0] is not (1 or 3)))
            findings.Add(Finding.Of(Rules.InputNotImage, NetworkInputs.PathOf(spec, spec.Inputs[0]), image.ToString()));
        var classifies = last?.Node.Output is { Rank: 2 } output && output[0] <= int.MaxValue;
        if (last is not null && !classifies)
            findings.Add(OutputNotClasses(spec, last, data?.Get(TrainingParameters.Classes).Count ?? 0));
        if (recipe is null || data is null || last is null)
            return null;
        if (classifies && recipe.Loss.CheckEnd(last, spec.Layers.Count) is { } misfit)
            findings.Add(misfit);
        if (classifies && recipe.Loss.CheckClasses(recipe.Settings, last.Node.Output[0]) is { } miscount)
            findings.Add(miscount);
        return new TrainingPlan(recipe, last.Node.Output[0], data.Get(TrainingParameters.SkipUnreadable))
        {
            ClassNames = data.Has(TrainingParameters.Classes) ? data.Get(TrainingParameters.Classes) : null,
            TrainImages = data.Has(TrainingParameters.TrainImages) ? data.Get(TrainingParameters.TrainImages) : null,
            Resize = data.Get(TrainingParameters.Resize),
            Mean = data.Has(TrainingParameters.Mean) ? data.Get(TrainingParameters.Mean) : null,
            Std = data.Has(TrainingParameters.Std) ? data.Get(TrainingParameters.Std) : null,
            Augmentation = AugmentationPlan.Of(data),
            Lines = [recipe.Describe(), $"{spec.Data.Keyword} {data.Describe(TrainingParameters.Seen)}".TrimEnd()],
        };
    }

    private static Finding OutputNotClasses(ModelSpec spec, FlatLayer last, int classes)
    {
        var end = LayerPlace.OfNetwork(spec.Layers.Count);
        // Where the spec does not declare the classes, their number is the user's to know; any will do to try whether the graph checks.
        SpecEdit[] scores = [new InsertLayer(end, SectionSpec.Of("flatten")), new InsertLayer(LayerPlace.OfNetwork(end.Index + 1), SectionSpec.Of("linear", new SettingSpec("out_features", SpecValue.Of(classes > 0 ? classes : 10))))];
        const string Words = "end the network with flatten and linear";
        return Finding.Of(Rules.OutputNotClasses, last.Node.Place.Path, last.Key, last.Node.Output.ToString())
            .WithFixes([
                Fix.Of(Words, scores),
                Fix.Of(Words + ", then log_softmax", [.. scores, new InsertLayer(LayerPlace.OfNetwork(end.Index + 2), SectionSpec.Of("log_softmax"))])]);
    }

    private static Settings? ReadData(SectionSpec? section, List<Finding> findings)
    {
        if (section is not { IsReadable: true })
            return null;
        if (section.Keyword == TrainingParameters.ImageFolderKeyword)
        {
            var settings = SettingsBinder.Bind(section, section.Keyword, "data", TrainingParameters.ImageFolder, findings);
            if (settings is not null)
                CheckTogether(settings, TrainingParameters.Mean, TrainingParameters.Std, findings);
            return settings;
        }

        var suggestion = Suggestion.For(section.Keyword, [TrainingParameters.ImageFolderKeyword]);
        findings.Add(Finding.Of(Rules.UnknownProperty, SourceMap.KeyOf("data"), "data", SpecValue.Shorten(section.Keyword), suggestion));
        return null;
    }

    private static void CheckTogether(Settings settings, Parameter one, Parameter other, List<Finding> findings)
    {
        if (settings.Has(one) == settings.Has(other))
            return;
        var (given, missing) = settings.Has(one) ? (one, other) : (other, one);
        var expected = $"{missing.Expected}, which goes with '{given.Name}'";
        findings.Add(Finding.Of(Rules.MissingProperty, "data", TrainingParameters.ImageFolderKeyword, missing.Name, expected));
    }
}

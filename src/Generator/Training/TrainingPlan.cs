using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>How a checked network is trained, and on what.</summary>
internal sealed record TrainingPlan(LossKind Loss, double LearningRate, double Momentum, double WeightDecay, long BatchSize, long Epochs, long Classes, bool SkipUnreadable)
{
    /// <summary>Null when the spec is a module alone, or when something is wrong.</summary>
    public static TrainingPlan? Read(ModelSpec spec, TensorShape input, GraphNode last, List<Finding> findings)
    {
        if (spec.Training is null && spec.Data is null)
            return null;
        if (spec.Training is null || spec.Data is null)
        {
            findings.Add(spec.Training is null
                ? Finding.Of(Rules.TrainingNeedsData, "data", "a data source", "training section", "a loss and an optimizer")
                : Finding.Of(Rules.TrainingNeedsData, "training", "a training section", "data source", "an image folder"));
            return null;
        }

        if (spec.Data.Keyword != TrainingParameters.ImageFolderKeyword)
        {
            findings.Add(Finding.Of(Rules.UnknownProperty, SourceMap.KeyOf("data"), "data", spec.Data.Keyword, Suggestion.For(spec.Data.Keyword, [TrainingParameters.ImageFolderKeyword])));
            return null;
        }

        var training = SettingsBinder.Bind(spec.Training, "training", "training", TrainingParameters.Training, findings);
        var data = SettingsBinder.Bind(spec.Data, TrainingParameters.ImageFolderKeyword, "data", TrainingParameters.ImageFolder, findings);
        if (input.Rank != 4 || input[0] is not (1 or 3))
            findings.Add(Finding.Of(Rules.InputNotImage, "input", input.ToString()));
        if (last.Output.Rank != 2)
            findings.Add(Finding.Of(Rules.OutputNotClasses, SourceMap.Layer(spec.Layers.Count - 1), last.Name.Key, last.Output.ToString()));
        return training is null || data is null ? null : new TrainingPlan(
            LossKind.All.First(loss => loss.Keyword == training.Get(TrainingParameters.Loss)),
            training.Get(TrainingParameters.LearningRate),
            training.Get(TrainingParameters.Momentum),
            training.Get(TrainingParameters.WeightDecay),
            training.Get(TrainingParameters.BatchSize),
            training.Get(TrainingParameters.Epochs),
            last.Output[0],
            data.Get(TrainingParameters.SkipUnreadable));
    }
}

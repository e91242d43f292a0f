using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>A kind of data that a spec can choose by its keyword.</summary>
internal abstract class DataSourceKind
{
    /// <summary>The word of a spec.</summary>
    public abstract string Keyword { get; }

    /// <summary>The attribute's name, without <c>Attribute</c>.</summary>
    public string AttributeName => SpecNames.ToPascalCase(Keyword);

    /// <summary>One line for the schema.</summary>
    public abstract string Doc { get; }

    /// <summary>What it can set.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Those of them that change what the network sees of the same data.</summary>
    public abstract IReadOnlyList<Parameter> Seen { get; }

    /// <summary>How many training samples there are, for what the build can check.</summary>
    public abstract Parameter<long> TrainCount { get; }

    /// <summary>What is wrong with the settings for each other and for the loss.</summary>
    /// <param name="data">The settings.</param>
    /// <param name="loss">The loss; null when it is not known.</param>
    /// <param name="network">The network; null when any layer is wrong.</param>
    public abstract IEnumerable<Finding> Check(Settings data, LossKind? loss, FlatNetwork? network);

    /// <summary>Whether each sample has one class.</summary>
    public abstract bool HasClasses(Settings data);

    /// <summary>The fixes that choose another loss, one that takes what the network ends with, or applies that itself.</summary>
    protected static IEnumerable<Fix> Use(IEnumerable<LossKind> losses, FlatNetwork? network, Settings data) => losses
        .Where(loss => network is null || loss.Fits(network) || loss.HasSurplus(network))
        .OrderBy(loss => network is not null && loss.HasSurplus(network))
        .Select(loss => loss.Use(network, Math.Max(2, data.Get(TrainingParameters.Classes).Count)));

    /// <summary>What is wrong with the network's only input, or null.</summary>
    /// <param name="input">Its shape.</param>
    /// <param name="path">Its place in the spec.</param>
    /// <param name="data">The settings; null when any is wrong.</param>
    public abstract Finding? CheckInput(TensorShape input, string path, Settings? data);

    /// <summary>An input that no source of data fills: images and rows are real numbers.</summary>
    protected static string Indices(TensorShape input) =>
        $"{input} of whole numbers (int64): leave its type out, or leave training and data out and train the network in a loop of your own";

    /// <summary>The plan with what the settings say.</summary>
    public abstract TrainingPlan Complete(TrainingPlan plan, Settings data);

    /// <summary>The plan that stands for one of a spec with mistakes.</summary>
    public abstract TrainingPlan StandIn(Recipe recipe, SectionSpec section);
}

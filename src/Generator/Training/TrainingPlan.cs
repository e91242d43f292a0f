using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>How a checked network is trained, and on what.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Classes">The network's outputs: classes or targets.</param>
internal sealed record TrainingPlan(Recipe Recipe, long Classes)
{
    /// <summary>What the loss trains for.</summary>
    public TaskKind Task => Recipe.Loss.Task;

    /// <summary>The columns of a table; null for images.</summary>
    public TablePlan? Table { get; init; }

    /// <summary>The classes that the data must have, in the order of their labels; null for any.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>How many training samples there are; null when the spec does not say.</summary>
    public long? TrainCount { get; init; }

    /// <summary>Whether images that can't be decoded are left out.</summary>
    public bool SkipUnreadable { get; init; }

    /// <summary>How images of another size come to the input's.</summary>
    public string Resize { get; init; } = TrainingParameters.Resize.Value;

    /// <summary>What is subtracted from each channel, 0 to 1, or from each feature; null, as <see cref="Std"/> then is too, when values stay so.</summary>
    public IReadOnlyList<double>? Mean { get; init; }

    /// <summary>What each channel or feature is divided by then.</summary>
    public IReadOnlyList<double>? Std { get; init; }

    /// <summary>What is done to training images.</summary>
    public AugmentationPlan Augmentation { get; init; } = AugmentationPlan.None;

    /// <summary>What the spec says of the data, in one line; null for a spec that has mistakes.</summary>
    public string? DataLine { get; init; }

    /// <summary>What it says of training and data, but for what an option of the run sets: one line each; none for a spec that has mistakes.</summary>
    public IReadOnlyList<string> Lines => DataLine is null ? [] : [Recipe.Describe(), DataLine];

    /// <summary>Stands for the plan of a spec that has mistakes; it has class names, because a program may use them. Null when the spec does not ask for training.</summary>
    public static TrainingPlan? StandIn(ModelSpec spec)
    {
        if (spec.Training is null && spec.Data is null)
            return null;
        var data = spec.Data ?? SectionSpec.Unreadable;
        return (DataSources.Find(data.Keyword) ?? DataSources.All[0]).StandIn(Recipe.Likely(spec.Training), data);
    }

    /// <summary>Null when the spec is a module alone, or when something is wrong.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="inputs">The inputs; empty when any is wrong.</param>
    /// <param name="network">The network; null when any layer is wrong.</param>
    /// <param name="findings">Receives the mistakes.</param>
    public static TrainingPlan? Read(ModelSpec spec, IReadOnlyList<GraphInput> inputs, FlatNetwork? network, List<Finding> findings)
    {
        var last = network?.Last;
        // Of several the training section has to go, so that nothing more is said of it and the data.
        var isOne = inputs.Count < 2 && network is not { Outputs.Count: > 1 };
        var recipe = Recipe.Read(spec.Training, findings);
        var source = ReadSource(spec.Data, findings);
        var data = source is null ? null : ReadData(source, spec.Data!, findings);
        if (isOne && data is not null)
            findings.AddRange(source!.Check(data, recipe?.Loss, network));
        if (spec.IsSound && spec.Training is null != spec.Data is null)
        {
            findings.Add(spec.Training is null
                ? Finding.Of(Rules.TrainingNeedsData, "data", "a data source", "training section", "a loss and an optimizer")
                : Finding.Of(Rules.TrainingNeedsData, "training", "a training section", "data source", "an image folder or a table"));
        }

        if (spec.Training is null || spec.Data is null)
            return null;
        if (!isOne)
        {
            findings.Add(Finding.Of(Rules.TrainingNeedsOne, "training", inputs.Count > 1 ? $"{inputs.Count} inputs" : $"{network!.Outputs.Count} outputs"));
            return null;
        }

        if (inputs.Count == 1 && source?.CheckInput(inputs[0].Shape, NetworkInputs.PathOf(spec, spec.Inputs[0]), data) is { } wrong)
            findings.Add(wrong);
        var isRow = last?.Node.Output is { Rank: 2 } output && output[0] <= int.MaxValue;
        if (last is not null && !isRow)
            findings.Add(OutputNotClasses(spec, last, recipe?.Loss.Task ?? TaskKind.Classification, data?.Get(TrainingParameters.Classes).Count ?? 0));
        if (recipe is null || source is null || data is null || last is null)
            return null;
        // Of a loss that is not for such data it was said that another one is needed; how the network ends for this one does not matter.
        if (isRow && recipe.Loss.Task.HasClasses == source.HasClasses(data))
            CheckEnd(recipe, network!, spec.Layers.Count, data.Get(TrainingParameters.Classes).Count, findings);
        var plan = new TrainingPlan(recipe, last.Node.Output[0])
        {
            ClassNames = data.Has(TrainingParameters.Classes) ? data.Get(TrainingParameters.Classes) : null,
            TrainCount = data.Has(source.TrainCount) ? data.Get(source.TrainCount) : null,
            Mean = data.Has(TrainingParameters.Mean) ? data.Get(TrainingParameters.Mean) : null,
            Std = data.Has(TrainingParameters.Std) ? data.Get(TrainingParameters.Std) : null,
            // A raw string holds it, which three quotes would end.
            DataLine = XmlDoc.OneLine($"{source.Keyword} {data.Describe(source.Seen)}".TrimEnd()).Replace("\"", "\\\""),
        };
        return source.Complete(plan, data);
    }

    /// <summary>Some names, for messages: the first three.</summary>
    public static string Named(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(3).Select(name => $"'{SpecValue.Shorten(name)}'")) + (names.Count > 3 ? ", …" : "");

    private static void CheckEnd(Recipe recipe, FlatNetwork network, int layers, int classes, List<Finding> findings)
    {
        // Where the data declares more, the width is what is said to be wrong.
        if (recipe.Loss.Task.HasClasses && network.GivesOne && classes < 2)
        {
            findings.Add(OneClass(recipe.Loss, network));
            return;
        }

        if (recipe.Loss.CheckEnd(network, layers) is { } misfit)
            findings.Add(misfit);
        findings.AddRange(recipe.Loss.CheckClasses(recipe.Settings, network.Last!.Node.Output[0]));
    }

    /// <summary>Whatever a network says of a single class, it is right.</summary>
    private static Finding OneClass(LossKind loss, FlatNetwork network)
    {
        var (last, head) = (network.Last!, network.Head);
        var path = head is null ? last.Node.Place.Path : $"{head.Node.Place.Path}.{head.Node.Kind.Width!.Name}";
        return Finding.Of(
            Rules.OutputNotClasses, path, (head ?? last).Key, last.Node.Output.ToString(),
            loss.Task.Owner, loss.Task.Outputs, ", one score for each of two or more classes")
            .WithFixes(head is null ? [] :
            [
                LossKind.Widen(head, 2),
                .. TrainingCatalogue.Losses.Where(other => other != loss && other.Task == loss.Task && other.Fits(network))
                    .Select(other => other.Use(network))
            ]);
    }

    private static Finding OutputNotClasses(ModelSpec spec, FlatLayer last, TaskKind task, int classes)
    {
        var end = LayerPlace.OfNetwork(spec.Layers.Count);
        // Where the spec does not declare the classes, their number is the user's to know; any will do to try whether the graph checks.
        SpecEdit[] scores =
        [
            new InsertLayer(end, SectionSpec.Of("flatten")),
            new InsertLayer(
                LayerPlace.OfNetwork(end.Index + 1),
                SectionSpec.Of("linear", new SettingSpec("out_features", SpecValue.Of(classes > 0 ? classes : 10))))
        ];
        const string Words = "end the network with flatten and linear";
        return Finding.Of(Rules.OutputNotClasses, last.Node.Place.Path, last.Key, last.Node.Output.ToString(), task.Owner, task.Outputs, "")
            .WithFixes([
                Fix.Of(Words, scores),
                Fix.Of(Words + ", then log_softmax", [.. scores, new InsertLayer(LayerPlace.OfNetwork(end.Index + 2), SectionSpec.Of("log_softmax"))])]);
    }

    private static DataSourceKind? ReadSource(SectionSpec? section, List<Finding> findings)
    {
        if (section is not { IsReadable: true })
            return null;
        var source = DataSources.Find(section.Keyword);
        if (source is null)
            findings.Add(Finding.Of(
                Rules.UnknownProperty, SourceMap.KeyOf("data"), "data",
                SpecValue.Shorten(section.Keyword), Suggestion.For(section.Keyword, DataSources.Keywords)));
        return source;
    }

    private static Settings? ReadData(DataSourceKind source, SectionSpec section, List<Finding> findings)
    {
        if (SettingsBinder.Bind(section, source.Keyword, "data", source.Parameters, findings) is not { } settings)
            return null;
        CheckTogether(source, settings, TrainingParameters.Mean, TrainingParameters.Std, findings);
        return settings;
    }

    private static void CheckTogether(DataSourceKind source, Settings settings, Parameter one, Parameter other, List<Finding> findings)
    {
        if (settings.Has(one) == settings.Has(other))
            return;
        var (given, missing) = settings.Has(one) ? (one, other) : (other, one);
        var expected = $"{missing.Expected}, which goes with '{given.Name}'";
        findings.Add(Finding.Of(Rules.MissingProperty, "data", source.Keyword, missing.Name, expected));
    }
}

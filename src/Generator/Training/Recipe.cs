using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>The training section of a spec, checked: what it chooses and what it sets.</summary>
/// <param name="Loss">What training makes small.</param>
/// <param name="Optimizer">How the gradients change the weights.</param>
/// <param name="Schedule">What becomes of the learning rate.</param>
/// <param name="Settings">The values of <see cref="TrainingParameters.Common"/> and of what the three take.</param>
internal sealed record Recipe(LossKind Loss, OptimizerKind Optimizer, ScheduleKind Schedule, Settings Settings)
{
    /// <summary>
    /// The recipe of a spec that has mistakes, as far as others depend on it: a schedule and an accumulation are parameters of the trainer's step.
    /// </summary>
    public static Recipe Likely(SectionSpec? section)
    {
        var settings = new Settings();
        foreach (var setting in section?.Settings ?? default)
        {
            if (Parameter.Find(setting.Name, TrainingParameters.Common) is { } parameter && !settings.Has(parameter) && parameter.Read(setting.Value) is { } value)
                settings.Set(parameter, value);
        }

        // Any schedule that needs no settings stands for one that changes the learning rate.
        var chosen = TrainingCatalogue.Schedules.First(kind => kind.Keyword == settings.Get(TrainingParameters.Schedule));
        var schedule = TrainingCatalogue.Schedules.First(kind => kind.IsConstant == chosen.IsConstant && kind.Parameters.All(parameter => !parameter.IsRequired));
        var loss = TrainingCatalogue.Losses.FirstOrDefault(kind => kind.Keyword == settings.Get(TrainingParameters.Loss))
            ?? TrainingCatalogue.Losses.First(kind => kind.Task.HasClasses);
        return new Recipe(loss, TrainingCatalogue.Optimizers[0], schedule, settings);
    }

    public double LearningRate => Settings.Get(Optimizer.LearningRate);

    public long BatchSize => Settings.Get(TrainingParameters.BatchSize);

    public long Epochs => Settings.Get(TrainingParameters.Epochs);

    /// <summary>Epochs before the schedule begins, also parts of one; 0 for no warm-up.</summary>
    public double WarmupEpochs => Settings.Get(TrainingParameters.WarmupEpochs);

    /// <summary>The share of the learning rate that the warm-up starts from.</summary>
    public double WarmupFactor => Settings.Get(TrainingParameters.WarmupFactor);

    /// <summary>Whether the learning rate changes in the course of a run.</summary>
    public bool IsScheduled => WarmupEpochs > 0 || !Schedule.IsConstant;

    /// <summary>What the forward pass is computed in.</summary>
    public PrecisionKind Precision { get; } = TrainingCatalogue.PrecisionOf(Settings.Get(TrainingParameters.Precision));

    /// <summary>Whether the number of epochs decides how the learning rate falls.</summary>
    public bool SpansRun => Schedule.SpansRun(Settings);

    /// <summary>The longest that the gradients together may be; null for any length.</summary>
    public double? ClipNorm => Optional(TrainingParameters.ClipNorm);

    /// <summary>The largest that a value of a gradient may be; null for any size.</summary>
    public double? ClipValue => Optional(TrainingParameters.ClipValue);

    /// <summary>Batches to an optimisation step, from 1.</summary>
    public long Accumulate => Settings.Get(TrainingParameters.Accumulate);

    /// <summary>How much of the weights' running mean stays at each step; null where there is none.</summary>
    public double? EmaDecay => Optional(TrainingParameters.EmaDecay);

    /// <summary>The weight that each class has in the loss; null where all have the same.</summary>
    public IReadOnlyList<double>? ClassWeights => Loss.ClassWeights(Settings);

    /// <summary>Among how many highest scores the right class is looked for too; null where it is not.</summary>
    public long? TopK => Loss.TopK(Settings);

    /// <summary>Epochs without an improvement after which the run stops; null for never.</summary>
    public long? Patience => Settings.Has(TrainingParameters.Patience) ? Settings.Get(TrainingParameters.Patience) : null;

    /// <summary>How much better than the best a value must be to count as an improvement.</summary>
    public double MinDelta => Settings.Get(TrainingParameters.MinDelta);

    /// <summary>What tells the best epoch: <c>loss</c> or <c>accuracy</c>.</summary>
    public string Monitor => Loss.Task.HasAccuracy ? Settings.Get(TrainingParameters.Monitor) : "loss";

    /// <summary>The share of the training set that is held out to judge each epoch; null for none.</summary>
    public double? ValidationShare => Optional(TrainingParameters.ValidationShare);

    /// <summary>Whether each class has the same share in what is held out.</summary>
    public bool Stratified => Settings.Get(TrainingParameters.Stratified);

    /// <summary>What training leaves as it is, as patterns of keys; none as a rule.</summary>
    public IReadOnlyList<string> Freeze => Settings.Has(TrainingParameters.Freeze) ? Settings.Get(TrainingParameters.Freeze) : [];

    /// <summary>The bytes of weights, gradients, the optimizer's numbers and the averages, in float32; the largest number there is for more than that.</summary>
    public long ModelBytes(long parameters) =>
        (long)Math.Min((decimal)sizeof(float) * (2 + Optimizer.States(Settings) + (EmaDecay is null ? 0 : 1)) * parameters, long.MaxValue);

    /// <summary>Null when there is no section, or when anything is wrong with it.</summary>
    public static Recipe? Read(SectionSpec? section, ICollection<Finding> findings)
    {
        if (section is not { IsReadable: true })
            return null;
        var choices = TrainingParameters.ChoicesWithSettings.Select(choice => Choice.Of(section, choice.Choice, choice.Kinds)).ToArray();
        var known = new List<Parameter>(TrainingParameters.Common.Count + choices.Sum(choice => choice.Parameters.Count));
        known.AddRange(TrainingParameters.Common);
        foreach (var choice in choices)
            known.AddRange(choice.Parameters);
        foreach (var setting in section.Settings)
        {
            // One that is written twice is said once.
            var name = setting.Name;
            if (Parameter.Find(name, known) is not null || section.Find(name) is null)
                continue;
            if (choices.FirstOrDefault(choice => choice.Takers(name).Any()) is not { Kind: { } kind } choice)
                continue;
            findings.Add(Conflict.Of(name, $"The {choice.Parameter.Name} '{kind.Keyword}' has no {name}: it is a setting of {Listed(choice.Takers(name))}"));
            section = section.With(name, null);
        }

        if (SettingsBinder.Bind(section, "training", "training", known, findings) is not { } settings)
            return null;
        var recipe = new Recipe((LossKind)choices[0].Kind!, (OptimizerKind)choices[1].Kind!, (ScheduleKind)choices[2].Kind!, settings);
        foreach (var finding in recipe.Check())
            findings.Add(finding);
        return recipe;
    }

    /// <summary>What the section sets, but for what every run can set anew: one line.</summary>
    public string Describe()
    {
        var text = TextBuffer.Take();
        foreach (var parameters in new[] { TrainingParameters.Common, Loss.Parameters, Optimizer.Parameters, Schedule.Parameters })
            Settings.Describe(parameters, text, without: TrainingParameters.Options);
        return TextBuffer.Complete(text);
    }

    private IEnumerable<Finding> Check()
    {
        foreach (var finding in new TrainingKind[] { Loss, Optimizer, Schedule }.SelectMany(kind => kind.Check(Settings)))
            yield return finding;
        if (!Loss.Task.HasAccuracy && Settings.Has(TrainingParameters.Monitor) && Settings.Get(TrainingParameters.Monitor) == "accuracy")
            yield return Conflict.Of(TrainingParameters.Monitor, $"The loss '{Loss.Keyword}' learns {Loss.Task.Learns}, which have no accuracy to monitor");
        if (Precision.IsAutocast && Loss.TakesProbabilities)
        {
            yield return Conflict.Of(
                TrainingParameters.Precision,
                $"The loss '{Loss.Keyword}' takes the logarithm of probabilities, which {Precision.Keyword} rounds to 0 and 1, and PyTorch refuses that");
        }

        if (ClipNorm is not null && ClipValue is not null)
            yield return Conflict.Of(TrainingParameters.ClipValue, "'clip_norm' and 'clip_value' are both set, and gradients are cut in one way");
        if (Settings.Has(TrainingParameters.WarmupFactor) && WarmupEpochs == 0)
            yield return Conflict.Of(TrainingParameters.WarmupFactor, "'warmup_factor' is what a warm-up starts from, and without warmup_epochs there is none");
        var late = WarmupEpochs >= Epochs ? [(TrainingParameters.WarmupEpochs, 0)] : Schedule.Times(Settings).Where(time => WarmupEpochs + time.Epochs >= Epochs);
        foreach (var (setting, epochs) in late)
            yield return Finding.Of(Rules.BehindTheEnd, "training." + setting.Name, setting.Name, CSharpLiteral.Rounded(WarmupEpochs + epochs), CSharpLiteral.Of(Epochs));
    }

    private double? Optional(Parameter<double> parameter) => Settings.Has(parameter) ? Settings.Get(parameter) : null;

    private static string Listed(IEnumerable<TrainingKind> kinds) => Listing.Of([.. kinds.Select(kind => $"'{kind.Keyword}'")]);

    /// <summary>A loss, an optimizer or a schedule to choose, the one that is chosen, and the settings that may stand there.</summary>
    private sealed record Choice(Parameter<string> Parameter, IReadOnlyList<TrainingKind> Kinds, TrainingKind? Kind, IReadOnlyList<Parameter> Parameters)
    {
        public static Choice Of(SectionSpec section, Parameter<string> parameter, IReadOnlyList<TrainingKind> kinds)
        {
            var word = section.Find(parameter.Name)?.Text ?? parameter.Value;
            var chosen = kinds.FirstOrDefault(kind => kind.Keyword == word);
            if (chosen is not null)
                return new Choice(parameter, kinds, chosen, chosen.Parameters);

            // No kind, or none where one must be, is the binder's to report: what stands there may belong to any of them, and nothing else is missing.
            var written = new HashSet<string>(section.Settings.Select(setting => setting.Name), StringComparer.Ordinal);
            var likely = kinds.SelectMany(kind => kind.Parameters).Where(setting => written.Contains(setting.Name))
                .GroupBy(setting => setting.Name, StringComparer.Ordinal).Select(same => same.First());
            return new Choice(parameter, kinds, null, [.. likely]);
        }

        public IEnumerable<TrainingKind> Takers(string name) => Kinds.Where(kind => kind.Parameters.Any(parameter => parameter.Name == name));
    }
}

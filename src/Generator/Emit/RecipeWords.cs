using System.Collections.Generic;
using System.Linq;
using ModelGen.Training;

namespace ModelGen.Emit;

/// <summary>What of a trainer depends on the recipe, as lines of C#. What a recipe does not use is null, and leaves no line.</summary>
internal sealed class RecipeWords(Recipe recipe, BackendWords words, string batch = "Batch")
{
    private const string Schedules = "global::ModelGen.Training.LearningRateSchedule";

    private static readonly string[] GroupDoc = ["/// <param name=\"group\">Where the batch stands among those that make one step.</param>"];

    // In plain C# what is frozen is not trained from the start: the build leaves it out.
    private bool Freezes => recipe.Freeze.Count > 0 && words.IsTorch;

    private bool Accumulates => recipe.Accumulate > 1;

    private string Group => CSharpLiteral.Of(recipe.Accumulate);

    /// <summary>The mean loss of <c>output</c> and <c>batch</c>.</summary>
    public string Loss { get; } = recipe.Loss.Call(recipe.Settings);

    /// <summary>The method that gives the network's output in a step and in an evaluation.</summary>
    public string Call => recipe.Precision.IsAutocast ? "_autocast.Call" : "_model.call";

    /// <summary>What the trainer keeps beside the network and the options.</summary>
    public IReadOnlyList<string?> Fields =>
    [
        recipe.Precision.IsAutocast && words.IsTorch ? $"private readonly {words.Namespace}Autocast _autocast;" : null,
        Freezes ? $"private readonly {words.Namespace}FrozenLayers _frozen;" : null,
        $"private readonly {words.Namespace}{recipe.Optimizer.ClassName} _optimizer;",
        recipe.EmaDecay is null ? null : $"private readonly {words.Namespace}AveragedWeights _averages;",
        recipe.ClassWeights is null || !words.IsTorch ? null : "private readonly global::TorchSharp.torch.Tensor _classWeights; // [classes]",
    ];

    /// <summary>How the constructor makes them, the network being on its device.</summary>
    public IReadOnlyList<string?> Construction =>
    [
        recipe.Precision.IsAutocast && words.IsTorch ? $"_autocast = new {words.Namespace}Autocast(_model, Device);" : null,
        Freezes ? $"_frozen = {words.Namespace}FrozenLayers.Freeze(_model, {string.Join(", ", recipe.Freeze.Select(CSharpLiteral.Of))});" : null,
        $"_optimizer = {recipe.Optimizer.Construct(recipe.Settings, words)};",
        recipe.EmaDecay is not { } decay ? null : $"_averages = new {words.Namespace}AveragedWeights(_optimizer.Parameters, decay: {CSharpLiteral.Of(decay)});",
        recipe.ClassWeights is not { } weights || !words.IsTorch ? null
            : $"_classWeights = {words.Namespace}Classes.Weights(Device, {string.Join(", ", weights.Select(CSharpLiteral.OfSingle))});",
    ];

    /// <summary>What a step comes after, for people.</summary>
    public string GroupWords => Accumulates ? $"every {Group} batches, and after the last" : "each batch";

    /// <summary>How an epoch begins.</summary>
    public IReadOnlyList<string?> EpochStart => [.. SearchMode, recipe.IsScheduled ? "var schedule = Schedule(data.BatchCount);" : null];

    /// <summary>The step of a batch of an epoch; <c>done</c> come before it. A run that accumulates can stop between two steps only.</summary>
    public IReadOnlyList<string?> StepCall =>
    [
        NextGroup,
        words.IsTorch ? "using (batch)" : null,
        $"{(words.IsTorch ? "    " : "")}Step(batch, _totals, _options.LearningRate{(recipe.IsScheduled ? " * schedule.Factor(StepCount)" : "")}{(Accumulates ? ", group" : "")});",
        $"progress?.Advance(_totals{(Accumulates ? ", isBetweenSteps: group.Ends" : "")});",
    ];

    /// <summary>How the range test begins.</summary>
    public IReadOnlyList<string?> SearchMode => [words.IsTorch ? "_model.train();" : null, Freezes ? "_frozen.Evaluate();" : null];

    /// <summary>How an epoch of the range test begins.</summary>
    public IReadOnlyList<string?> SearchStart => [Accumulates ? "var done = 0;" : null, "foreach (var batch in data.Shuffled(epoch))"];

    /// <summary>The step of a batch in the range test, and the end of it.</summary>
    public IReadOnlyList<string?> SearchStep =>
    [
        NextGroup,
        Accumulates ? "if (group.Begins)" : null,
        (Accumulates ? "    " : "") + "_totals.Reset();",
        words.IsTorch ? "using (batch)" : null,
        $"{(words.IsTorch ? "    " : "")}Step(batch, _totals, search.LearningRate{(Accumulates ? ", group" : "")});",
        $"if ({(Accumulates ? "group.Ends && " : "")}!search.Add(_totals.Read().Loss))",
        "    return search.Complete();",
    ];

    private string? NextGroup => Accumulates ? $"var group = global::ModelGen.Training.BatchGroup.Of(done++, data.BatchCount, size: {Group});" : null;

    /// <summary>The step's head, with its doc comment.</summary>
    public void WriteStepHead(CodeWriter writer) => writer.Write($$"""
        /// <summary>{{(Accumulates ? "Forward, loss, backward; and behind the last batch of a group the update." : "One optimisation step: forward, loss, backward, update.")}}</summary>
        /// <param name="batch">The batch; it stays the caller's.</param>
        /// <param name="totals">Receives the batch's {{recipe.Loss.Task.Measured}}{{(words.IsTorch ? ", without waiting for the device" : "")}}.</param>
        /// <param name="learningRate">The step size, at least 0.</param>
        {{(Accumulates ? GroupDoc : [])}}
        public void Step({{batch}} batch, {{words.Namespace}}{{recipe.Loss.Task.Totals}} totals, double learningRate{{(Accumulates ? ", global::ModelGen.Training.BatchGroup group" : "")}})
        """);

    /// <summary>Where a step begins.</summary>
    public IReadOnlyList<string> ZeroGradients => Accumulates ? ["if (group.Begins)", "    _optimizer.ZeroGradients();"] : ["_optimizer.ZeroGradients();"];

    /// <summary>From the loss to the new weights.</summary>
    public IReadOnlyList<string?> Backward => Accumulates
        ?
        [
            words.IsTorch ? $"{words.Namespace}Gradients.Accumulate(loss, group.Size);" : null,
            "if (group.Ends)",
            "{",
            .. Update.OfType<string>().Select(line => "    " + line),
            "}",
            ""
        ]
        : [words.IsTorch ? "loss.backward();" : null, .. Update];

    /// <summary>How an evaluation begins: with the averaged weights, where there are any.</summary>
    public IReadOnlyList<string?> EvaluationStart =>
    [
        recipe.EmaDecay is null ? null : "using var averages = _averages.SwapIn();",
        words.IsTorch ? "_model.eval();" : null
    ];

    /// <summary>What a checkpoint holds beside network, optimizer and scores, as an argument.</summary>
    public string Averages => recipe.EmaDecay is null ? "" : ", _averages";

    private IReadOnlyList<string?> Update =>
    [
        recipe.ClipNorm is not { } norm ? null : $"{words.Namespace}Gradients.ClipNorm(_optimizer.Parameters, {CSharpLiteral.Of(norm)});",
        recipe.ClipValue is not { } value ? null : $"{words.Namespace}Gradients.ClipValue(_optimizer.Parameters, {CSharpLiteral.Of(value)});",
        words.IsTorch ? "_optimizer.Step(learningRate);" : "_optimizer.Step(learningRate, _team);",
        recipe.EmaDecay is null ? null : "_averages.Update();",
    ];

    /// <summary>How what the trainer keeps is freed.</summary>
    public IReadOnlyList<string?> Dispose =>
    [
        words.IsTorch ? "_optimizer.Dispose();" : "_team.Dispose();",
        recipe.EmaDecay is null || !words.IsTorch ? null : "_averages.Dispose();",
        recipe.ClassWeights is null || !words.IsTorch ? null : "_classWeights.Dispose();",
    ];

    /// <summary>The trainer's own schedule with an empty line behind it; none for a rate that stays.</summary>
    public IReadOnlyList<string> Schedule
    {
        get
        {
            if (!recipe.IsScheduled)
                return [];
            var warm = recipe.WarmupEpochs;
            var run = warm > 0 ? $"Steps(_options.Epochs - {CSharpLiteral.Of(warm)})" : "Steps(_options.Epochs)";
            var schedule = recipe.Schedule.Construct(recipe.Settings, run);
            var steps = Accumulates ? $"global::ModelGen.Training.BatchGroup.Count(batches, size: {Group})" : "batches";
            string[] body = warm > 0
                ?
                [
                    "return new global::ModelGen.Training.WarmUp(",
                    $"    Steps({CSharpLiteral.Of(warm)}),",
                    $"    startFactor: {CSharpLiteral.Of(recipe.WarmupFactor)},",
                    $"    {schedule});"
                ]
                : [$"return {schedule};"];
            return
            [
                $"/// <summary>{XmlDoc.Escape(Course(warm))}</summary>",
                "/// <param name=\"batches\">Batches in an epoch.</param>",
                $"private {Schedules} Schedule(int batches)",
                "{",
                .. body.Select(line => "    " + line),
                "",
                $"    long Steps(double epochs) => {Schedules}.Steps(epochs, {steps});",
                "}",
                "",
            ];
        }
    }

    private string Course(double warm) => warm > 0
        ? $"The learning rate: up in a straight line for {CSharpLiteral.Rounded(warm)} {(warm == 1 ? "epoch" : "epochs")}, then {recipe.Schedule.Keyword}."
        : $"The learning rate: {recipe.Schedule.Keyword}.";
}

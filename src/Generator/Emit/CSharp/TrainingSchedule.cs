using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph.Kernels;
using ModelGen.Layers;

namespace ModelGen.Emit.CSharp;

/// <summary>
/// A training step as phases. Within one, a worker runs all kernels for one of its samples before it takes the next, so that values stay in its
/// cache; a new phase begins only where a kernel needs something of all samples, as a batch norm does.
/// </summary>
internal sealed class TrainingSchedule
{
    /// <summary>The name of the phase in which gradients are collected.</summary>
    public const string Collecting = "Collect";

    private readonly KernelPlan _plan;
    private readonly Buffer?[] _gradients;
    private readonly List<Phase> _forward = [];
    private readonly List<Phase> _backward = [];
    private readonly Buffer?[] _winners; // by the output of the norm
    private List<Phase> _phases;

    private TrainingSchedule(KernelPlan plan, Statement input)
    {
        _plan = plan;
        _phases = _forward;
        Values = [.. plan.Values.Select(value => new Buffer($"_{value.Name}Value", value.Shape))];
        _winners = new Buffer?[plan.Values.Count];
        foreach (var norm in plan.Steps.Where(step => step.Kernel.Pools))
            _winners[norm.Output] = new Buffer($"_{plan.Values[norm.Output].Name}Winners", plan.Values[norm.Output].Shape);
        _gradients = [.. plan.Values.Select(value => value.IsTrained ? new Buffer($"_{value.Name}Gradient", value.Shape) : null)];
        var prepare = new Phase("Prepare");
        foreach (var step in plan.Steps.Where(step => step.Kernel.Form == KernelForm.Samples))
        {
            var preparation = new KernelWords(step).Preparation("worker", "_team.Workers");
            if (step.Kernel.SharesWeights)
                prepare.Statements.Add(preparation);
            else
                prepare.Then.Add($"{preparation.Call}({string.Join(", ", preparation.Arguments)});");
            prepare.Layers.Add(step.Layers[0].Key);
        }

        foreach (var step in plan.Steps.Where(IsFrozenNorm))
        {
            var words = new KernelWords(step);
            prepare.Then.Add($"{words.Type}.UseRunning({string.Join(", ", words.Tensors)}, {words.State});");
            prepare.Layers.Add(step.Layers[0].Key);
        }

        Begin("Forward");
        Current.Statements.Add(new Statement(input.Call, [.. input.Arguments, Values[0]]));
        foreach (var step in plan.Steps)
            AddForward(step);
        Current.Statements.Add(new Statement("Loss", "worker", "n", Values[plan.Outputs[0]], _gradients[plan.Outputs[0]]!));
        _phases = _backward;
        _backward.Add(_forward[_forward.Count - 1]);
        var collect = new Phase(Collecting);
        var reached = new bool[plan.Values.Count];
        reached[plan.Outputs[0]] = true;
        foreach (var step in plan.Steps.Reverse().Where(step => reached[step.Output]))
            AddBackward(step, reached, collect);
        if (collect.Layers.Count > 0)
            _backward.Add(collect);
        Phases = [.. prepare.Layers.Count > 0 ? [prepare] : Enumerable.Empty<Phase>(), .. _forward, .. _backward.Skip(1)];
        Memory = MemoryPlan.Of(Phases);
    }

    /// <summary>The values, by their indices.</summary>
    public IReadOnlyList<Buffer> Values { get; }

    /// <summary>What is done, in this order.</summary>
    public IReadOnlyList<Phase> Phases { get; }

    /// <summary>Where the buffers lie.</summary>
    public MemoryPlan Memory { get; }

    /// <summary>The gradients that lie in the memory of others.</summary>
    public IReadOnlyList<Buffer> Aliases => [.. _gradients.OfType<Buffer>().Where(gradient => gradient.SameAs is not null)];

    private Phase Current => _phases[_phases.Count - 1];

    /// <param name="plan">The network.</param>
    /// <param name="input">What makes the network's input of sample n of a batch, without it.</param>
    public static TrainingSchedule Of(KernelPlan plan, Statement input) => new(plan, input);

    private static bool IsFrozenNorm(KernelStep step) => step.Kernel is { Form: KernelForm.BatchNorm, IsFrozen: true };

    /// <summary>What of a norm's input its output depends on one by one: of each window of its pool one value, and all of it where it has none.</summary>
    private Buffer Winners(KernelStep step) => _winners[step.Output] ?? Values[step.Inputs[0]];

    private void Begin(string name) => _phases.Add(new Phase(name + CSharpLiteral.Of(_phases.Count + (name == "Forward" ? 1 : 0))));

    private void AddForward(KernelStep step)
    {
        var words = new KernelWords(step);
        object[] inputs = [.. step.Inputs.Select(input => Values[input])];
        var added = step.Added is { } other ? Values[other] : null;
        var output = Values[step.Output];
        Current.Layers.AddRange(step.Layers.Select(layer => layer.Key));
        switch (step.Kernel.Form)
        {
            case KernelForm.Samples when step.Kernel.TakesFollowers:
                Current.Statements.Add(words.Convolution("Identity", Values[step.Inputs[0]], added, output, KernelWords.Scratch) with { IsRows = step.Kernel.TakesRows });
                break;
            case KernelForm.Samples:
                Current.Statements.Add(new(words.Type + ".Forward", [.. inputs, words.Prepared, output, KernelWords.Scratch]) { IsRows = step.Kernel.TakesRows });
                break;
            case KernelForm.Rows:
                Current.Statements.Add(new(
                    words.Type + ".Forward",
                    [.. inputs, .. words.Tensors, output, words.Rows("end - first", Values[step.Inputs[0]].Length)])
                { IsRows = true });
                break;
            case KernelForm.Dropout:
                Current.Statements.Add(new(words.Type + ".Forward", [.. inputs, words.Seed, output]));
                break;
            case KernelForm.BatchNorm when step.Kernel.IsFrozen:
                Current.Statements.Add(words.Normalisation(Values[step.Inputs[0]], added, output));
                break;
            case KernelForm.BatchNorm:
                var winners = Winners(step);
                Current.Statements.Add(step.Kernel.Pools
                    ? new(words.Type + ".AddStatistics", Values[step.Inputs[0]], words.Tensors[0], words.Value("running_mean"), winners, words.Sums)
                    : new(words.Type + ".AddStatistics", Values[step.Inputs[0]], words.Value("running_mean"), words.Sums));
                Current.Then.Add($"{words.Type}.Normalize({words.AllSums}, _team.Workers, _count, {string.Join(", ", words.Tensors)}, {words.State});");
                Current.Then.Add($"_model.{step.MemberOf(KernelParameter.BatchCount)}.Count++;");
                Begin("Forward");
                Current.Layers.AddRange(step.Layers.Select(layer => layer.Key));
                Current.Statements.Add(step.Kernel.Pools
                    ? new(words.Type + ".ForwardWinners", winners, words.State, output)
                    : words.Normalisation(winners, added, output));
                break;
            default:
                Current.Statements.Add(new(words.Type + ".Forward", [.. inputs, output]));
                break;
        }
    }

    private void AddBackward(KernelStep step, bool[] reached, Phase collect)
    {
        var words = new KernelWords(step);
        var given = _gradients[step.Output]!;
        var own = step.Added is null ? step.Inputs : [.. step.Inputs.Take(step.Inputs.Count - 1)];
        var inputs = own.Select(input => Values[input]).ToArray();
        object[] reads = step.Kernel.Reads switch
        {
            KernelReads.Inputs => inputs,
            KernelReads.Output => [Values[step.Output]],
            KernelReads.Both => [.. inputs, Values[step.Output]],
            _ => []
        };
        // The gradients of a value that several kernels take are added up: the first is written, the others are added to it.
        var added = new List<(Buffer Addend, Buffer Gradient)>();
        var destinations = own.Select(Destination).ToArray();
        if (step.Added is { } other)
            Share(other);
        switch (step.Kernel.Form)
        {
            case KernelForm.Samples:
                Current.Statements.Add(new(
                    words.Type + ".Backward",
                    [given, .. inputs, words.Prepared, .. destinations, words.Sums, KernelWords.Scratch])
                { IsRows = step.Kernel.TakesRows });
                if (step.HasTrained)
                    Collect(words.Collection);
                break;
            case KernelForm.Rows:
                if (destinations[0] is Buffer)
                    Current.Statements.Add(new(
                        words.Type + ".BackwardInput",
                        given,
                        words.Tensors[0],
                        destinations[0],
                        words.Rows("end - first", inputs[0].Length))
                    { IsRows = true });
                collect.Statements.Add(new(
                    $"{words.Type}.BackwardParameters",
                    [new All(given), new All(inputs[0]), words.Rows("_count", inputs[0].Length), words.Share, .. words.Gradients])
                { IsRows = true });
                collect.Layers.Add(step.Layers[0].Key);
                break;
            case KernelForm.Dropout:
                Current.Statements.Add(new(words.Type + ".Backward", given, words.Seed, destinations[0]));
                break;
            case KernelForm.BatchNorm:
                // Behind a sum the activation's gradient comes first: both that were added have it, and it takes the place of the output's.
                var isActivated = step.Added is not null && step.Kernel.Activation != "Identity";
                Current.Statements.Add(isActivated
                    ? new(words.Type + ".AddGradientSumsAdded", given, inputs[0], Values[step.Output], words.State, words.Sums)
                    : new(words.Type + ".AddGradientSums", given, Winners(step), words.State, words.Sums));
                Current.Then.Add($"{words.Type}.Collect({words.AllSums}, _team.Workers, _count, {words.State}, {string.Join(", ", words.Gradients.Take(2))});");
                Begin("Backward");
                if (destinations[0] is Buffer)
                    Current.Statements.Add(new(words.Type + (isActivated ? ".BackwardAdded" : ".Backward"), given, inputs[0], words.State, destinations[0]));
                break;
            default:
                Current.Statements.Add(new(words.Type + ".Backward", [given, .. reads, .. destinations]));
                break;
        }

        Current.Layers.AddRange(step.Layers.Select(layer => layer.Key));
        foreach (var (addend, gradient) in added)
            Current.Statements.Add(new(KernelWords.Namespace + "Addition.Add", addend, gradient));

        object Destination(int input)
        {
            if (_gradients[input] is not { } gradient)
                return "default";
            if (!reached[input])
            {
                reached[input] = true;
                return gradient;
            }

            // A layer may take one value twice.
            string Again() => added.Count(item => item.Gradient == gradient) is var times and > 0 ? "_" + CSharpLiteral.Of(times + 1) : "";
            var addend = new Buffer($"_{_plan.Values[input].Name}Gradient{CSharpLiteral.Of(step.Output)}{Again()}", _plan.Values[input].Shape);
            added.Add((addend, gradient));
            return addend;
        }

        // What was added to the output has the output's gradient: the same memory serves both, unless there is a gradient already, to which it is added.
        void Share(int value)
        {
            if (_gradients[value] is not { } gradient)
                return;
            if (reached[value])
                added.Add((given, gradient));
            else
                (gradient.SameAs, reached[value]) = (given.Target, true);
        }

        void Collect(Statement collection)
        {
            collect.Layers.Add(step.Layers[0].Key);
            if (step.Kernel.SharesWeights)
                collect.Statements.Add(collection);
            else
                collect.Then.Add($"{collection.Call}({string.Join(", ", collection.Arguments)});");
        }
    }
}

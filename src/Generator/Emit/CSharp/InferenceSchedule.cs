using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Graph;
using ModelGen.Graph.Kernels;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Emit.CSharp;

/// <summary>
/// The network for one sample after the other, when it no longer learns. A batch norm behind a convolution becomes part of its weights; the
/// end of a residual, which either adds, and the activation behind it are computed where the convolution's results are still in registers.
/// </summary>
internal sealed class InferenceSchedule
{
    private readonly UniqueNames _names;
    private readonly ILookup<int, KernelStep?> _takers; // of each value; null is who calls the network
    private readonly HashSet<KernelStep> _fused = [];

    private InferenceSchedule(KernelPlan plan, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs)
    {
        Plan = plan;
        // The caller's arguments and properties have theirs first.
        _names = new UniqueNames([.. inputs, .. outputs.Select(SpecNames.ToPascalCase)]);
        Phase = new Phase(_names.Next("Compute"));
        _takers = plan.Steps.SelectMany(step => step.Inputs.Select(value => (Value: value, Taker: (KernelStep?)step)))
            .Concat(plan.Outputs.Select(value => (Value: value, Taker: (KernelStep?)null)))
            .ToLookup(use => use.Value, use => use.Taker);
        Values = [.. plan.Values.Select(value => new Buffer(_names.Next(KernelPlan.Capitalized(value.Name) + "Value"), value.Shape))];
        foreach (var step in plan.Steps)
        {
            if (!_fused.Contains(step))
                Add(step);
        }

        Outputs = [.. plan.Outputs.Select((output, i) => Ordered(Values[output].Target, new ImageOrder(plan.Values[output]), outputs[i]))];
        Memory = MemoryPlan.Of([WithEnds(inputs.Count)]);
    }

    /// <summary>The network.</summary>
    public KernelPlan Plan { get; }

    /// <summary>The values, by their indices.</summary>
    public IReadOnlyList<Buffer> Values { get; }

    /// <summary>What the caller gets.</summary>
    public IReadOnlyList<Buffer> Outputs { get; }

    /// <summary>What is computed for each sample.</summary>
    public Phase Phase { get; }

    /// <summary>What turns the network's weights into the kernels' own: lines of C#.</summary>
    public List<string> Preparation { get; } = [];

    /// <summary>The kernels that keep weights of their own.</summary>
    public List<KernelStep> Prepared { get; } = [];

    /// <summary>The batch norms that keep a state of their own.</summary>
    public List<KernelStep> Norms { get; } = [];

    /// <summary>Whether a norm is part of the convolution before it.</summary>
    public bool Folds { get; private set; }

    public MemoryPlan Memory { get; }

    public static InferenceSchedule Of(KernelPlan plan, ModelGraph graph) => new(plan, [.. graph.Root.Inputs.Select(input => input.Name)], OutputNames.Of(graph));

    /// <summary>What the caller gets of a value: an image in another order.</summary>
    private Buffer Ordered(Buffer value, ImageOrder order, string name)
    {
        if (!order.IsNeeded)
            return value;
        var ordered = new Buffer(_names.Next(SpecNames.ToPascalCase(name) + "OrderedValue"), TensorShape.Of(value.Length));
        var statement = order.Out(value);
        Phase.Statements.Add(statement with { Arguments = [.. statement.Arguments, ordered] });
        return ordered;
    }

    /// <summary>The inputs are there before all statements, and what the network gives stays behind them, until the next sample.</summary>
    private Phase WithEnds(int inputs)
    {
        var whole = new Phase(Phase.Name);
        whole.Statements.Add(new Statement("", [.. Values.Take(inputs)]));
        whole.Statements.AddRange(Phase.Statements);
        whole.Statements.Add(new Statement("", [.. Plan.Outputs.Select(output => Values[output]), .. Outputs]));
        return whole;
    }

    private void Add(KernelStep step)
    {
        var words = new KernelWords(step);
        object[] inputs = [.. step.Inputs.Select(input => Values[input])];
        var output = Values[step.Output];
        switch (step.Kernel.Form)
        {
            case KernelForm.Samples when step.Kernel.TakesFollowers:
                AddConvolution(step, words);
                break;
            case KernelForm.Samples:
                Prepare(step, words);
                Phase.Statements.Add(new(words.Type + ".Forward", [.. inputs, words.Prepared, output, "_scratch.Span"]));
                break;
            case KernelForm.Rows:
                Phase.Statements.Add(new(words.Type + ".Forward", [.. inputs, .. words.Tensors, output, words.Rows("1", Values[step.Inputs[0]].Length)]));
                break;
            case KernelForm.BatchNorm:
                AddNorm(step, words);
                Phase.Statements.Add(words.Normalisation(Values[step.Inputs[0]], Added(step), output));
                break;
            case KernelForm.Dropout:
                Values[step.Output].SameAs = Values[step.Inputs[0]].Target;
                break;
            default:
                Phase.Statements.Add(new(words.Type + ".Forward", [.. inputs, output]));
                break;
        }
    }

    private void AddConvolution(KernelStep step, KernelWords words)
    {
        var (last, activation) = (step, "Identity");
        if (!step.Kernel.AddsInput && Next(step) is { Kernel.Form: KernelForm.BatchNorm } norm && IsFoldable(norm, step))
        {
            (last, activation) = (Fused(norm), new KernelWords(norm).Activation!);
            AddNorm(norm, new KernelWords(norm));
            Folds = true;
            // A norm's state begins with what it multiplies each channel by, and what it then adds.
            var (state, channels) = (new KernelWords(norm).State, CSharpLiteral.Of((long)norm.Kernel.Find("Channels")!));
            Prepare(step, $"{words.Type}.PrepareFolded({string.Join(", ", words.Tensors)}, new({state}, 0, {channels}), new({state}, {channels}, {channels}), {words.Prepared});");
        }
        else
        {
            Prepare(step, words);
        }

        var added = Added(last);
        if (activation == "Identity" && Next(last) is { Kernel.IsActivation: true } pointwise)
            (last, activation) = (Fused(pointwise), new KernelWords(pointwise).Activation!);
        Phase.Statements.Add(words.Convolution(activation, Values[step.Inputs[0]], added, Values[last.Output], "_scratch.Span"));

        KernelStep Fused(KernelStep next)
        {
            _fused.Add(next);
            return next;
        }
    }

    /// <summary>Whether a norm can become part of the convolution before it: it pools nothing, and what it adds is there when the convolution is computed.</summary>
    private static bool IsFoldable(KernelStep norm, KernelStep convolution) =>
        !norm.Kernel.Pools && Equals(norm.Kernel.Find("Channels"), convolution.Kernel.Find("OutChannels")) && !(norm.Added > convolution.Output);

    private Buffer? Added(KernelStep step) => step.Added is { } added ? Values[added] : null;

    private void AddNorm(KernelStep step, KernelWords words)
    {
        Norms.Add(step);
        Preparation.Add($"{words.Type}.UseRunning({string.Join(", ", words.Tensors)}, {words.State});");
    }

    private void Prepare(KernelStep step, KernelWords words)
    {
        var preparation = words.Preparation("part: 0", "parts: 1");
        Prepare(step, $"{preparation.Call}({string.Join(", ", preparation.Arguments)});");
    }

    private void Prepare(KernelStep step, string line)
    {
        Prepared.Add(step);
        Preparation.Add(line);
    }

    /// <summary>The step that alone takes what a step gives; null where there are several, or the network gives it.</summary>
    private KernelStep? Next(KernelStep step) => _takers[step.Output].Count() == 1 ? _takers[step.Output].Single() : null;
}

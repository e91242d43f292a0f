using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>A loss: what it trains for, how it is called, and how a network must end for it.</summary>
internal abstract class LossKind : TrainingKind
{
    /// <summary>What it trains a network to do.</summary>
    public abstract TaskKind Task { get; }

    /// <summary>Whether it is what most would choose: the first that a message proposes.</summary>
    public virtual bool IsUsual => false;

    /// <summary>The name of the function, PyTorch's and TorchSharp's.</summary>
    protected abstract string TorchFunction { get; }

    public override string? Source => $"torch.nn.functional.{TorchFunction}";

    /// <summary>The layer that must be the last one, or null.</summary>
    protected virtual string? Head => null;

    /// <summary>Layers that the loss makes superfluous or wrong at the end, because it applies them itself; the first is what it applies.</summary>
    public virtual string[] Applies => [];

    /// <summary>What the network's <c>output</c> becomes an answer by, in TorchSharp; null where it is one.</summary>
    public virtual string? Probabilities => null;

    /// <summary>Whether it takes the logarithm of outputs that are probabilities: what rounds those to 0 or 1 is lost to it.</summary>
    public virtual bool TakesProbabilities => false;

    /// <summary>The output that stands for a probability of 1/2, where outputs stand for probabilities of their own.</summary>
    public virtual double Threshold => 0.5;

    /// <summary>C# that computes the mean loss of <c>output</c> and <c>batch</c>: a scalar.</summary>
    public virtual string Call(Settings settings) =>
        $"global::TorchSharp.torch.nn.functional.{TorchFunction}({string.Join(", ", [.. Operands, .. Arguments(settings, Parameters)])})";

    /// <summary>Plain C#: the kernel's class in <c>ModelGen.Cpu.Kernels</c>.</summary>
    public string Kernel => SpecNames.ToPascalCase(Keyword);

    /// <summary>Plain C#: the interface of what the kernel is compiled for; null for nothing.</summary>
    public virtual string? KernelInterface => "INumberLoss";

    /// <summary>Plain C#: what the kernel is compiled for, as lines.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="outputs">The network's outputs.</param>
    public virtual IEnumerable<string> KernelConstants(Settings settings, long outputs) => [$"public static int Targets => {CSharpLiteral.Of(outputs)};"];

    /// <summary>Plain C#: the function of <c>ModelGen.Cpu.Probabilities</c> that the network's output becomes an answer by; null where it is one.</summary>
    public virtual string? KernelProbabilities => null;

    /// <summary>What every call takes first.</summary>
    protected IEnumerable<string> Operands => ["output", $"batch.{Task.Answer}"];

    // TorchSharp's functions spell parameters as PyTorch's do.
    protected override string Spelled(string name) => name;

    /// <summary>The weight that each class has in the mean; null where all have the same.</summary>
    public virtual IReadOnlyList<double>? ClassWeights(Settings settings) => null;

    /// <summary>Among how many highest scores the right class is looked for too; null where it is not.</summary>
    public virtual long? TopK(Settings settings) => null;

    /// <summary>What is wrong with the settings for so many classes.</summary>
    public virtual IEnumerable<Finding> CheckClasses(Settings settings, long classes) => [];

    /// <summary>What is wrong with how a network ends, or null.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layers">The number of layers in its own list.</param>
    public Finding? CheckEnd(FlatNetwork network, int layers)
    {
        var (layer, end) = (network.Last!, LayerPlace.OfNetwork(layers));
        var last = layer.Node;
        if (Head is not null && last.Kind.Keyword != Head)
        {
            // What some loss applies by itself is a head already, only another one.
            var head = IsHead(last.Kind)
                ? Fix.Of($"replace it with {Head}", new RemoveLayer(last.Place), new InsertLayer(last.Place, SectionSpec.Of(Head)))
                : Fix.Of($"put {Head} behind it", new InsertLayer(end, SectionSpec.Of(Head)));
            return Finding.Of(Rules.LossNeedsHead, Path, Keyword, Head, layer.Key, last.Kind.Keyword).WithFixes([head, .. Others(last)]);
        }

        var surplus = Surplus(network);
        if (surplus.Count == 0)
            return null;
        var (key, kind) = (surplus[0].Key, surplus[0].Node.Kind);
        // A block's layer would go from all of its uses.
        var isInBlock = surplus.Any(one => BlockSpec.NameIn(one.Node.Place.Path) is not null);
        return Finding.Of(
            Rules.ScoresTakenLate, Path, Keyword,
            Head is not null ? $"takes {Head} of scores of any size" : Applies.Contains(kind.Keyword) ? $"applies {Applies[0]} itself" : "takes scores of any size",
            Head is not null ? $"before '{layer.Key}' stands" : "the network ends with",
            key, kind.Keyword, kind.NeverGives is { } never ? $", which gives none {never}" : "")
            .WithFixes([.. isInBlock ? [] : new[] { surplus.Count == 1 ? Remove(surplus, "that layer") : Remove(surplus) }, .. Others(last)]);
    }

    /// <summary>Whether it takes what the network ends with as it is.</summary>
    public bool Fits(FlatNetwork network) => network.Last is not { Node.Kind.Keyword: var last } || (Head is null ? !HasSurplus(network) : last == Head);

    /// <summary>Whether it would take the network's scores, if that did not go on behind them.</summary>
    public bool HasSurplus(FlatNetwork network) => Head is null && Surplus(network).Count > 0;

    /// <summary>The layers between a network's scores and what the loss takes of them, the last one first: those that it applies itself, and those that keep scores in bounds.</summary>
    private List<FlatLayer> Surplus(FlatNetwork network)
    {
        var surplus = new List<FlatLayer>();
        if (Head is null && !TakesScores)
            return surplus;
        var layer = network.Last;
        if (Head is not null && layer is not null)
            layer = network.Before(layer);
        for (; layer is not null && IsHead(layer.Node.Kind); layer = network.Before(layer))
            surplus.Add(layer);
        // Without a layer before them there are no scores.
        return layer is null ? [] : surplus;
    }

    private bool TakesScores => Head is null && Applies.Length > 0;

    /// <summary>Whether a layer is one that makes something else of scores, for some loss or for none.</summary>
    private static bool IsHead(LayerKind kind) =>
        kind.NeverGives is not null || TrainingCatalogue.Losses.Any(loss => loss.Applies.Contains(kind.Keyword));

    private static Fix Remove(IEnumerable<FlatLayer> layers, string? words = null) => Fix.Of(
        $"remove {words ?? Listing.Of([.. layers.Reverse().Select(layer => $"'{layer.Key}'")])}",
        [.. layers.Select(layer => new RemoveLayer(layer.Node.Place))]);

    /// <summary>
    /// The fix that chooses this loss; a network of one output can't tell classes, and then gets another, and one that goes on behind
    /// its scores loses what stands there.
    /// </summary>
    public Fix Use(FlatNetwork? network = null, int classes = 2)
    {
        List<Fix> steps = [Fix.Of($"use the loss {Keyword}", new SetSectionSetting("training", TrainingParameters.Loss.Name, SpecValue.Of(Keyword)))];
        if (Task.HasClasses && network is { GivesOne: true, Head: { } head })
            steps.Add(Widen(head, classes));
        if (network is not null && HasSurplus(network))
            steps.Add(Remove(Surplus(network)));
        return Fix.Of(Listing.Of([.. steps.Select(step => step.Words)]), [.. steps.SelectMany(step => step.Edits)]);
    }

    /// <summary>The fix that gives a network so many outputs.</summary>
    public static Fix Widen(FlatLayer head, int outputs)
    {
        var width = head.Node.Kind.Width!.Name;
        return Fix.Of($"write {width} {outputs.ToString(CultureInfo.InvariantCulture)}", new SetLayerSetting(head.Node.Place, width, SpecValue.Of(outputs)));
    }

    /// <summary>The place of the choice.</summary>
    public static string Path => "training." + TrainingParameters.Loss.Name;

    private IEnumerable<Fix> Others(LayerNode last) =>
        TrainingCatalogue.Losses.Where(other => other != this && other.Task == Task && !(other.TakesScores && IsHead(last.Kind))).Select(other => other.Use());
}

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

    /// <summary>What is wrong with a network that ends with a layer, or null.</summary>
    /// <param name="layer">The last layer.</param>
    /// <param name="layers">The number of layers in the network's own list.</param>
    public Finding? CheckEnd(FlatLayer layer, int layers)
    {
        var (last, end) = (layer.Node, LayerPlace.OfNetwork(layers));
        if (Head is not null && last.Kind.Keyword != Head)
        {
            // What some loss applies by itself is a head already, only another one.
            var head = TrainingCatalogue.Losses.Any(loss => loss.Applies.Contains(last.Kind.Keyword))
                ? Fix.Of($"replace it with {Head}", new RemoveLayer(last.Place), new InsertLayer(last.Place, SectionSpec.Of(Head)))
                : Fix.Of($"put {Head} behind it", new InsertLayer(end, SectionSpec.Of(Head)));
            return Finding.Of(Rules.LossNeedsHead, Path, Keyword, Head, layer.Key, last.Kind.Keyword).WithFixes([head, .. Others(last)]);
        }

        if (!Applies.Contains(last.Kind.Keyword))
            return null;
        return Finding.Of(Rules.LossAppliedTwice, Path, Keyword, layer.Key, last.Kind.Keyword, Applies[0])
            .WithFixes([Fix.Of("remove that layer", new RemoveLayer(last.Place)), .. Others(last)]);
    }

    /// <summary>Whether it takes what the network ends with as it is.</summary>
    public bool Fits(FlatNetwork network) => network.Last is not { Node.Kind.Keyword: var last } || (Head is null ? !AppliesEnd(network) : last == Head);

    /// <summary>Whether the network ends with what it applies itself.</summary>
    public bool AppliesEnd(FlatNetwork network) => network.Last is { Node.Kind.Keyword: var last } && Applies.Contains(last);

    /// <summary>
    /// The fix that chooses this loss; a network of one output can't tell classes, and then gets another, and one that ends with what the loss applies
    /// itself loses that layer.
    /// </summary>
    public Fix Use(FlatNetwork? network = null, int classes = 2)
    {
        List<Fix> steps = [Fix.Of($"use the loss {Keyword}", new SetSectionSetting("training", TrainingParameters.Loss.Name, SpecValue.Of(Keyword)))];
        if (Task.HasClasses && network is { GivesOne: true, Head: { } head })
            steps.Add(Widen(head, classes));
        if (network is not null && AppliesEnd(network))
            steps.Add(Fix.Of($"remove '{network.Last!.Key}'", new RemoveLayer(network.Last.Node.Place)));
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
        TrainingCatalogue.Losses.Where(other => other != this && other.Task == Task && !other.Applies.Contains(last.Kind.Keyword)).Select(other => other.Use());
}

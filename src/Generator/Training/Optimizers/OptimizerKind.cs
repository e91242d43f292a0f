using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>An optimizer: a class of the same name in each backend's part of the runtime and, but for Lion, in <c>torch.optim</c>.</summary>
internal abstract class OptimizerKind : TrainingKind
{
    private static readonly Parameter<string> Decay = Parameter.Choice(
        "decay", "What weight_decay takes hold of, all parameters or weights alone, which are those of two dimensions or more and neither biases nor norms",
        ["all", "weights"], "all");

    private readonly Parameter<double> _weightDecay;
    private readonly Parameter[] _more;

    /// <param name="learningRate">PyTorch's default.</param>
    /// <param name="weightDecay">PyTorch's default.</param>
    /// <param name="more">What it takes beside the learning rate and the decay.</param>
    protected OptimizerKind(double learningRate, double weightDecay = 0, params Parameter[] more)
    {
        LearningRate = Parameter.Real("learning_rate", "The optimizer's step size", 0, learningRate, open: true);
        _weightDecay = Parameter.Real("weight_decay", "How strongly weights are pulled towards zero", 0, weightDecay);
        _more = more;
        Parameters = [LearningRate, .. more, _weightDecay, Decay];
    }

    /// <summary>The step size.</summary>
    public Parameter<double> LearningRate { get; }

    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The class.</summary>
    public abstract string ClassName { get; }

    public override string? Source => "torch.optim." + ClassName;

    /// <summary>The largest learning rate that networks usually learn with, and why larger ones fail: what each step would be.</summary>
    protected abstract (double Most, string Why) UsualRate { get; }

    /// <summary>How many numbers it keeps for each parameter.</summary>
    public abstract int States(Settings settings);

    /// <summary>C# that makes the optimizer of <c>_model</c>.</summary>
    public string Construct(Settings settings, BackendWords words)
    {
        var decay = settings.Get(Decay) == "weights" ? ["decayWeightsOnly: true"] : Enumerable.Empty<string>();
        return $"new {words.Namespace}{ClassName}({string.Join(", ", [words.Parameters, .. Arguments(settings, [.. _more, _weightDecay]), .. decay])})";
    }

    public override IEnumerable<Finding> Check(Settings settings)
    {
        var (rate, usual) = (settings.Get(LearningRate), UsualRate);
        if (rate > usual.Most)
        {
            yield return Finding.Of(
                Rules.LearningRateTooLarge, "training." + LearningRate.Name, SpecValue.Of(rate).ToString(), CSharpLiteral.Rounded(usual.Most), usual.Why);
        }

        if (settings.Has(Decay) && settings.Get(_weightDecay) == 0)
            yield return Conflict.Of(Decay, $"'{Decay.Name}' says what {_weightDecay.Name} takes hold of, and that is 0");
    }
}

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Layers;

namespace ModelGen.Training;

/// <summary>A loss of class scores: the negative logarithm of the right class's probability, averaged over the samples.</summary>
internal abstract class ClassLoss : LossKind
{
    private readonly Parameter<IReadOnlyList<double>> _classWeights = Parameter.Reals(
        "class_weights", "How much an image of each class counts, one number per class; the mean is divided by the sum of its images' weights",
        new Interval(0, double.MaxValue, IsOpen: true), "none");

    private readonly Parameter<long> _topK = Parameter.Integer(
        "top_k", "Also measures how often the right class is among so many highest scores", 1, fallbackWords: "no such score");

    protected ClassLoss(params Parameter[] more) => Parameters = [_classWeights, .. more, _topK];

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override TaskKind Task => TaskKind.Classification;

    public override string Call(Settings settings)
    {
        var arguments = Arguments(settings, Parameters.Where(parameter => parameter != _classWeights && parameter != _topK));
        var weights = settings.Has(_classWeights) ? ["weight: _classWeights"] : Enumerable.Empty<string>();
        return $"global::TorchSharp.torch.nn.functional.{TorchFunction}({string.Join(", ", [.. Operands, .. weights, .. arguments])})";
    }

    public override string KernelInterface => "I" + Kernel;

    public override IEnumerable<string> KernelConstants(Settings settings, long outputs) =>
        [$"public static global::System.ReadOnlySpan<float> ClassWeights => [{string.Join(", ", (ClassWeights(settings) ?? []).Select(CSharpLiteral.OfSingle))}];"];

    public override long? TopK(Settings settings) => settings.Has(_topK) ? settings.Get(_topK) : null;

    public override IReadOnlyList<double>? ClassWeights(Settings settings) => settings.Has(_classWeights) ? settings.Get(_classWeights) : null;

    public override IEnumerable<Finding> CheckClasses(Settings settings, long classes)
    {
        var expected = classes.ToString(CultureInfo.InvariantCulture);
        if (TopK(settings) is { } k && k > classes)
        {
            yield return Finding.Of(
                Rules.OutOfRange, "training." + _topK.Name, _topK.Name, "training", k.ToString(CultureInfo.InvariantCulture),
                $"at most the number of the network's classes, {expected}");
        }

        if (ClassWeights(settings) is { } weights && weights.Count != classes)
        {
            var given = weights.Count.ToString(CultureInfo.InvariantCulture);
            yield return Finding.Of(
                Rules.OutOfRange, "training." + _classWeights.Name, _classWeights.Name, "training",
                $"a list of {given}", $"one number for each of the network's {expected} classes");
        }
    }
}

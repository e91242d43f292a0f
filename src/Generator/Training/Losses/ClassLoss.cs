using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>A loss of class scores: the negative logarithm of the right class's probability, averaged over the images.</summary>
internal abstract class ClassLoss : LossKind
{
    private readonly Parameter<IReadOnlyList<double>> _classWeights = Parameter.Reals(
        "class_weights", "How much an image of each class counts, one number per class; the mean is divided by the sum of its images' weights",
        new Interval(0, double.MaxValue, IsOpen: true), "none");

    protected ClassLoss(params Parameter[] more) => Parameters = [_classWeights, .. more];

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override string? Source => $"torch.nn.functional.{TorchFunction}";

    /// <summary>The name of the function, PyTorch's and TorchSharp's.</summary>
    protected abstract string TorchFunction { get; }

    /// <summary>The layer that must be the last one, or null.</summary>
    protected virtual string? Head => null;

    public override string Call(Settings settings)
    {
        var arguments = Arguments(settings, Parameters.Where(parameter => parameter != _classWeights));
        var weights = settings.Has(_classWeights) ? ["weight: _classWeights"] : Enumerable.Empty<string>();
        return $"global::TorchSharp.torch.nn.functional.{TorchFunction}({string.Join(", ", ["output", "batch.Label", .. weights, .. arguments])})";
    }

    // TorchSharp's functions spell parameters as PyTorch's do.
    protected override string Spelled(string name) => name;

    public override IReadOnlyList<double>? ClassWeights(Settings settings) => settings.Has(_classWeights) ? settings.Get(_classWeights) : null;

    public override Finding? CheckClasses(Settings settings, long classes)
    {
        if (ClassWeights(settings) is not { } weights || weights.Count == classes)
            return null;
        var (given, expected) = (weights.Count.ToString(CultureInfo.InvariantCulture), classes.ToString(CultureInfo.InvariantCulture));
        return Finding.Of(
            Rules.OutOfRange, "training." + _classWeights.Name, _classWeights.Name, "training", $"a list of {given}", $"one number for each of the network's {expected} classes");
    }

    public override Finding? CheckEnd(FlatLayer layer, int layers)
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
        return Finding.Of(Rules.LossAppliedTwice, Path, Keyword, layer.Key, last.Kind.Keyword)
            .WithFixes([Fix.Of("remove that layer", new RemoveLayer(last.Place)), .. Others(last)]);
    }

    private static string Path => "training." + TrainingParameters.Loss.Name;

    private IEnumerable<Fix> Others(LayerNode last) => TrainingCatalogue.Losses.OfType<ClassLoss>().Where(other => other != this && !other.Applies.Contains(last.Kind.Keyword))
        .Select(other => Fix.Of($"use the loss {other.Keyword}", new SetSectionSetting("training", TrainingParameters.Loss.Name, SpecValue.Of(other.Keyword))));
}

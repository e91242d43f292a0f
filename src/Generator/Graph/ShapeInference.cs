using System;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>Runs the shape rule of a layer's kind on what the layer receives.</summary>
/// <param name="network">Is told what the rule says.</param>
/// <param name="values">What the layers before it give.</param>
internal sealed class ShapeInference(NetworkReader network, ValueTable values)
{
    /// <summary>The layer with its shapes and costs; null when it is wrong, which is then said, or when something before it is.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">Its name.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="sources">The values that it receives.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="fixes">What may mend it, beside what its kind knows.</param>
    public LayerNode? Infer(LayerKind kind, LayerName name, Settings settings, int[] sources, LayerPlace place, Fix[] fixes)
    {
        var inputs = new TensorShape[sources.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            if (values.ShapeOf(sources[i]) is not { } shape)
                return null;
            inputs[i] = shape;
        }

        try
        {
            var inference = WrongType(kind, inputs) ?? kind.Infer(settings, inputs);
            if (inference.Shape is { } output)
            {
                _ = output.ElementCount;
                if (kind.Remark(settings, inputs[0]) is { } remark)
                    Say(remark, kind, name, sources, place);
                var (parameters, multiplyAdds) = (kind.CountParameters(settings, inputs), kind.CountMultiplyAdds(settings, inputs, output));
                return new LayerNode(name, place, sources, output, kind, settings, inputs, parameters, multiplyAdds);
            }

            Say(inference with { Fixes = [.. inference.Fixes, .. fixes] }, kind, name, sources, place);
            // A size that is declared wrong changes nothing of what the layer gives: what is wrong behind it is not hidden.
            if (inference is { Rule: { } rule, Parameter: { } declared } && rule == Rules.DeclaredSizeDiffers)
                return Infer(kind, name, settings.With(declared, null), sources, place, fixes);
        }
        catch (OverflowException)
        {
            network.Report(Finding.Of(
                Rules.TooLarge, place.Path,
                $"Layer '{values.Prefix}{name.Key}' ({kind.Keyword}) receives {values.Provenance(sources[0])} and gives a tensor or a parameter count"));
        }

        return null;
    }

    private static Inference? WrongType(LayerKind kind, TensorShape[] inputs)
    {
        if (inputs[0].IsIndices && kind is { TakesIndices: false, TakesAny: false })
            return Inference.Broken(Rules.WrongElements, null, "real numbers (float32)", "whole numbers (int64)");
        return !inputs[0].IsIndices && kind.TakesIndices
            ? Inference.Broken(Rules.WrongElements, null, "whole numbers (int64)", "real numbers (float32)")
            : null;
    }

    private void Say(Inference broken, LayerKind kind, LayerName name, int[] sources, LayerPlace place)
    {
        var path = place.Path + (broken.Parameter is { } blamed ? "." + blamed.Name : "");
        var received = Listing.Of([.. sources.Select(values.Provenance)]);
        network.Report(Finding.Of(broken.Rule!, path, [values.Prefix + name.Key, kind.Keyword, received, .. broken.Arguments])
            .WithFixes(Remedies.For(broken, place, sources, values)));
    }
}

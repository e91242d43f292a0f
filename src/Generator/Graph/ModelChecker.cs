using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Graph;

/// <summary>
/// Checks a spec and works out its graph: names, shapes, parameters, multiply-adds. A pure function of the spec. Where a layer is wrong the
/// layers behind it are still read, but have no shapes, so that one mistake gives one finding.
/// </summary>
internal static class ModelChecker
{
    /// <summary>More layers than any published network has; beyond it the spec is a mistake.</summary>
    public const int MaxLayers = 10_000;

    public static CheckedModel Check(ModelSpec spec)
    {
        var findings = new List<Finding>();
        var naming = new LayerNaming(spec.Name, findings);
        var outline = spec.IsWritable ? new ModelOutline(naming.Named, spec.Training is not null || spec.Data is not null) : null;
        if (LayerNaming.ObjectionToClass(spec.Name) is { } objection)
        {
            findings.Add(Finding.Of(Rules.InvalidName, "name", spec.Name, objection));
            outline = null;
        }

        if (spec.Layers.Count > MaxLayers)
        {
            findings.Add(Finding.Of(Rules.SpecTooLarge, "layers", $"{spec.Layers.Count} layers", $"{MaxLayers} layers"));
            return new CheckedModel(null, outline, findings);
        }

        var input = ReadInput(spec, findings);
        var nodes = ReadLayers(spec, input, naming, findings);
        var last = nodes.Count > 0 && nodes.Count == spec.Layers.Count ? nodes[nodes.Count - 1] : null;
        var training = TrainingPlan.Read(spec, input, last, findings);
        if (!spec.IsSound || findings.Any(finding => finding.Rule.Severity == Severity.Error))
            return new CheckedModel(null, outline, findings);

        var graph = new ModelGraph(spec.Name, input!.Value, nodes, training);
        return Fits(graph)
            ? new CheckedModel(graph, null, findings)
            : new CheckedModel(null, outline, [Finding.Of(Rules.TooLarge, "layers", last!.Name.Key, last.Kind.Keyword)]);
    }

    private static TensorShape? ReadInput(ModelSpec spec, List<Finding> findings)
    {
        const string Expected = "the sizes of one sample without the batch, such as [3, 28, 28]: one to eight whole numbers of at least 1";
        if (spec.Input is null && spec.IsSound)
            findings.Add(Finding.Of(Rules.MissingProperty, "", "The spec", "input", Expected));
        else if (spec.Input is null)
            return null;
        else if (spec.Input.Kind != SpecValueKind.List || spec.Input.Items.Count is < 1 or > 8 || !spec.Input.Items.All(IsSize))
            findings.Add(Finding.Of(Rules.WrongValue, "input", "input", "the model", spec.Input.ToString(), Expected));
        else
            return new TensorShape(EquatableArray<long>.Of(spec.Input.Items.Select(item => item.Integer)));
        return null;
    }

    private static bool IsSize(SpecValue value) => value is { Kind: SpecValueKind.Integer, Integer: >= 1 and <= int.MaxValue };

    private static List<GraphNode> ReadLayers(ModelSpec spec, TensorShape? input, LayerNaming naming, List<Finding> findings)
    {
        var nodes = new List<GraphNode>();
        var shape = input;
        if (spec.Layers.Count == 0 && spec.IsSound)
            findings.Add(Finding.Of(Rules.MissingProperty, "layers", "The spec", "layers", "at least one layer"));
        for (var i = 0; i < spec.Layers.Count; i++)
        {
            var section = spec.Layers[i];
            if (!section.IsReadable)
            {
                shape = null;
                continue;
            }

            if (LayerCatalogue.Find(section.Keyword) is not { } kind)
            {
                var suggestion = Suggestion.For(section.Keyword, LayerCatalogue.All.Select(known => known.Keyword));
                findings.Add(Finding.Of(Rules.UnknownLayer, SourceMap.KeyOf(SourceMap.Layer(i)), SpecValue.Shorten(section.Keyword), suggestion));
                shape = null;
                continue;
            }

            var settings = SettingsBinder.Bind(section, kind.Keyword, SourceMap.Layer(i), [.. kind.Parameters, SettingsBinder.LayerName], findings);
            var name = naming.Next(i, kind, SettingsBinder.NameOf(section));
            var node = settings is not null && shape is { } received ? Infer(i, kind, name, settings, received, findings) : null;
            if (node is not null)
                nodes.Add(node);
            shape = node?.Output;
        }

        return nodes;
    }

    private static GraphNode? Infer(int index, LayerKind kind, LayerName name, Settings settings, TensorShape input, List<Finding> findings)
    {
        try
        {
            var inference = kind.Infer(settings, input);
            if (inference.Shape is { } output)
            {
                _ = output.ElementCount;
                var (parameters, multiplyAdds) = (kind.CountParameters(settings, input), kind.CountMultiplyAdds(settings, input, output));
                return new GraphNode(kind, name, settings, input, output, parameters, multiplyAdds);
            }

            var path = SourceMap.Layer(index) + (inference.Parameter is { } blamed ? "." + blamed.Name : "");
            findings.Add(Finding.Of(inference.Rule!, path, [name.Key, kind.Keyword, .. inference.Arguments]));
        }
        catch (OverflowException)
        {
            findings.Add(Finding.Of(Rules.TooLarge, SourceMap.Layer(index), name.Key, kind.Keyword));
        }

        return null;
    }

    private static bool Fits(ModelGraph graph)
    {
        try
        {
            return graph.Parameters >= 0 && graph.MultiplyAdds >= 0;
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}

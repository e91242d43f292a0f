using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>Binds a spec's layers to the catalogue, names them and runs their shape rules, in the order in which data flows.</summary>
internal sealed class LayerChecker(LayerNaming naming, List<Finding> findings)
{
    private readonly List<GraphNode> _nodes = [];

    /// <summary>The layers up to the first that is wrong.</summary>
    public IReadOnlyList<GraphNode> Read(ModelSpec spec, TensorShape? input)
    {
        if (spec.Layers.Count == 0 && spec.IsSound)
            findings.Add(Finding.Of(Rules.MissingProperty, "layers", "The spec", "layers", "at least one layer"));
        var shape = input;
        for (var i = 0; i < spec.Layers.Count; i++)
            shape = Read(i, spec.Layers[i], shape);
        return _nodes;
    }

    private TensorShape? Read(int index, SectionSpec section, TensorShape? shape)
    {
        if (!section.IsReadable)
            return null;
        if (LayerCatalogue.Find(section.Keyword) is not { } kind)
        {
            var suggestion = Suggestion.For(section.Keyword, LayerCatalogue.All.Select(known => known.Keyword));
            findings.Add(Finding.Of(Rules.UnknownLayer, SourceMap.KeyOf(SourceMap.Layer(index)), SpecValue.Shorten(section.Keyword), suggestion));
            return null;
        }

        var settings = SettingsBinder.Bind(section, kind.Keyword, SourceMap.Layer(index), kind.Settings, findings);
        var name = naming.Next(index, kind, SettingsBinder.NameOf(section));
        if (settings is null || shape is not { } received || Infer(index, kind, name, settings, received) is not { } node)
            return null;
        _nodes.Add(node);
        return node.Output;
    }

    private GraphNode? Infer(int index, LayerKind kind, LayerName name, Settings settings, TensorShape input)
    {
        try
        {
            var inference = kind.Infer(settings, input);
            if (inference.Shape is { } output)
            {
                _ = output.ElementCount;
                if (kind.Remark(settings, input) is { } remark)
                    findings.Add(Say(remark, index, kind, name, input));
                var (parameters, multiplyAdds) = (kind.CountParameters(settings, input), kind.CountMultiplyAdds(settings, input, output));
                return new GraphNode(kind, name, settings, input, output, parameters, multiplyAdds);
            }

            findings.Add(Say(inference, index, kind, name, input));
        }
        catch (OverflowException)
        {
            var received = Provenance.Of(input, _nodes);
            findings.Add(Finding.Of(Rules.TooLarge, SourceMap.Layer(index), $"Layer '{name.Key}' ({kind.Keyword}) receives {received} and gives a tensor or a parameter count"));
        }

        return null;
    }

    private Finding Say(Inference broken, int index, LayerKind kind, LayerName name, TensorShape input)
    {
        var path = SourceMap.Layer(index) + (broken.Parameter is { } blamed ? "." + blamed.Name : "");
        return Finding.Of(broken.Rule!, path, [name.Key, kind.Keyword, Provenance.Of(input, _nodes), .. broken.Arguments])
            .WithFixes(Remedies.For(broken, index, input, _nodes));
    }
}

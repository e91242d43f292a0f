using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Graph.Checks;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Graph;

/// <summary>
/// Checks a spec and works out its graph: names, shapes, parameters, multiply-adds. A pure function of the spec. Where a layer is wrong the
/// layers behind it are still read, but have no shapes, so that one mistake gives one finding.
/// </summary>
internal static class ModelChecker
{
    /// <summary>More layers than any published network has (a ResNet of depth 1001 has 3,400); beyond it the spec is a mistake.</summary>
    public const int MaxLayers = 5_000;

    /// <summary>The graph or its outline, and what is to be said of the spec, each mistake with the fixes that mend it.</summary>
    public static CheckedModel Check(ModelSpec spec)
    {
        var model = CheckUntried(spec);
        return model.Findings.All(finding => finding.Fixes.Count == 0)
            ? model
            : model with { Findings = [.. Remedies.Tried(spec, model)] };
    }

    /// <summary>The same, but the findings' fixes are proposals that nobody has tried: for those who write code, and for the trials themselves.</summary>
    public static CheckedModel CheckUntried(ModelSpec spec)
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
            findings.Add(Finding.Of(Rules.SpecTooLarge, "layers", Counted(spec.Layers.Count), Counted(MaxLayers)));
            return new CheckedModel(null, outline, false, findings);
        }

        var input = ReadInput(spec, findings);
        var nodes = new LayerChecker(naming, findings).Read(spec, input);
        var last = nodes.Count > 0 && nodes.Count == spec.Layers.Count ? nodes[nodes.Count - 1] : null;
        var training = TrainingPlan.Read(spec, input, last, findings);
        var budget = Budget.Read(spec, findings);
        var graph = last is null ? null : new ModelGraph(spec.Name, input!.Value, nodes, training);
        if (graph is not null)
        {
            try
            {
                findings.AddRange(NetworkChecks.Run(graph, budget));
            }
            catch (OverflowException)
            {
                findings.Add(Finding.Of(Rules.TooLarge, "layers", "The layers together have parameters or multiply-adds"));
            }
        }

        return spec.IsSound && findings.All(finding => finding.Rule.Severity != Severity.Error)
            ? new CheckedModel(graph, null, true, findings)
            : new CheckedModel(null, outline, graph is not null, findings);
    }

    private static string Counted(int layers) => string.Format(CultureInfo.InvariantCulture, "{0:N0} layers", layers);

    private static TensorShape? ReadInput(ModelSpec spec, List<Finding> findings)
    {
        const string Expected = "the sizes of one sample without the batch, one to eight whole numbers of at least 1, such as [3, 28, 28]";
        if (spec.Input is null && spec.IsSound)
            findings.Add(Finding.Of(Rules.MissingProperty, "", "The spec", "input", Expected));
        else if (spec.Input is null)
            return null;
        else if (spec.Input.Kind != SpecValueKind.List || spec.Input.Items.Count is < 1 or > 8 || spec.Input.Items.Any(item => item.Kind != SpecValueKind.Integer))
            findings.Add(Finding.Of(Rules.WrongType, "input", "input", "the model", spec.Input.ToString(), Expected));
        else if (spec.Input.Items.Any(item => item.Integer is < 1 or > int.MaxValue))
            findings.Add(Finding.Of(Rules.OutOfRange, "input", "input", "the model", spec.Input.ToString(), Expected));
        else
            return new TensorShape(EquatableArray<long>.Of(spec.Input.Items.Select(item => item.Integer)));
        return null;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
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
    /// <param name="spec">The spec.</param>
    /// <param name="cancellation">Asked at each layer: what is typed while a network of thousands is checked need not wait for it.</param>
    public static CheckedModel Check(ModelSpec spec, CancellationToken cancellation = default)
    {
        var model = CheckUntried(spec, cancellation);
        return model.Findings.All(finding => finding.Fixes.Count == 0)
            ? model
            : model with { Findings = [.. Remedies.Tried(spec, model, cancellation)] };
    }

    /// <summary>The same, but the findings' fixes are proposals that nobody has tried: for those who write code, and for the trials themselves.</summary>
    public static CheckedModel CheckUntried(ModelSpec spec, CancellationToken cancellation = default)
    {
        var findings = new List<Finding>();
        var compilation = CompilationPlan.Read(spec, findings);
        var network = new NetworkReader(spec, compilation.Backend, findings, cancellation);
        var objection = LayerNaming.ObjectionToNetwork(spec.Name, compilation.Backend);
        if (objection is not null)
            findings.Add(Finding.Of(Rules.InvalidName, "name", spec.Name, objection));

        var inputs = NetworkInputs.Read(spec, findings);
        var root = network.ReadRoot(inputs);
        if (spec.Layers.Count > MaxLayers)
            return new CheckedModel(null, Outline(), false, findings) { Layers = spec.Layers.Count };

        var flat = root is null ? null : FlatNetwork.Of(root);
        var training = TrainingPlan.Read(spec, inputs, flat, findings);
        var budget = Budget.Read(spec, findings);
        var graph = flat is null ? null : new ModelGraph(spec.Name, root!, flat, training, compilation);
        if (graph is not null)
        {
            try
            {
                foreach (var finding in NetworkChecks.Run(graph, budget))
                    network.Report(finding);
            }
            catch (OverflowException)
            {
                findings.Add(Finding.Of(Rules.TooLarge, LayerLists.Root, "The layers together have parameters, multiply-adds or outputs"));
            }
        }

        return spec.IsSound && findings.All(finding => finding.Rule.Severity != Severity.Error)
            ? new CheckedModel(graph, null, true, findings) { Layers = network.Layers }
            : new CheckedModel(null, Outline(), graph is not null, findings) { Layers = network.Layers };

        ModelOutline? Outline() => spec.IsWritable && objection is null
            ? network.Outline.Build(TrainingPlan.StandIn(spec), compilation, network.IsRefused)
            : null;
    }
}

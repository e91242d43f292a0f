using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>
/// What may mend a layer that its input does not fit: the layer's own proposals, then changes of what stands before it. They are proposals
/// only; <see cref="Tried(ModelSpec, CheckedModel, CancellationToken)"/> keeps those with which the graph has fewer mistakes.
/// </summary>
internal static class Remedies
{
    /// <summary>Each trial checks the whole graph once more.</summary>
    private const int MostTrials = 8;

    private const int MostNamed = 2;

    /// <summary>Layers that all trials of a spec check together, or else a long spec with many mistakes would cost their product.</summary>
    private const int MostTriedLayers = 10_000;

    /// <param name="broken">What is wrong.</param>
    /// <param name="place">Where the layer stands.</param>
    /// <param name="sources">The values that it takes, what flows in first.</param>
    /// <param name="values">The values before the layer.</param>
    public static IEnumerable<Fix> For(Inference broken, LayerPlace place, IReadOnlyList<int> sources, ValueTable values)
    {
        var source = sources[0];
        if (broken.Rule == Rules.ShapesDiffer)
        {
            foreach (var fix in SizeRemedies.For(sources, values))
                yield return fix;
        }

        if (broken.Rule == Rules.WrongRank || broken.Rule == Rules.WrongElements)
        {
            foreach (var name in values.UntakenInputs.Where(name => name != values.NameOf(source)))
                yield return Fix.Of($"write from '{name}'", new SetLayerSetting(place, CatalogueEntry.From.Name, SpecValue.Of(name)));
        }

        if (broken.Rule == Rules.WrongRank && values.NodeOf(values.Maker(source)) is LayerNode giver && giver.Kind.GivesSequence(giver.Settings) is { } whole)
            yield return Fix.Of($"write {whole.Name} {whole.Value} for '{values.Words(giver)}'", whole.From(giver.Place));

        if (broken.Rule == Rules.WrongElements && values.Prefix.Length == 0 && values.NodeOf(source) is null)
        {
            var type = values.ShapeOf(source)!.Value.IsIndices ? "float32" : "int64";
            yield return Fix.Of($"write the type of {values.InputWords(source)} as {type}", new SetInput(ModelSpec.InputType, SpecValue.Of(type)) { Input = source });
        }

        // How many indices there are is the user's to know; any numbers will do to try whether the graph checks.
        if (broken.Rule == Rules.WrongElements && values.ShapeOf(source)!.Value.IsIndices)
        {
            yield return Fix.Of("put embedding before it", new InsertLayer(place, SectionSpec.Of(
                "embedding", new SettingSpec("num_embeddings", SpecValue.Of(1000)), new SettingSpec("embedding_dim", SpecValue.Of(64)))));
        }

        foreach (var fix in broken.Fixes)
            yield return fix.From(place);

        if (broken.Rule == Rules.ShapesDiffer)
        {
            foreach (var fix in SizeRemedies.ForInput(sources, values))
                yield return fix;
        }

        var maker = values.NodeOf(values.Maker(source));
        if (broken.Rule == Rules.WrongRank && maker is LayerNode layer && layer.Output.Rank < layer.Input.Rank)
        {
            yield return Fix.Of($"remove '{values.Words(maker)}' before it", new RemoveLayer(maker.Place));
            if (maker.Place.List == place.List)
                yield return Fix.Of($"put it before '{values.Words(maker)}'", new MoveLayer(place, maker.Place.Index));
        }

        if (broken.Rule == Rules.WrongRank && maker is null && values.Prefix.Length == 0 && values.ShapeOf(source) is { Rank: 3 } input)
            yield return Fix.Of($"write the input as [1, {input[0]}, {input[1]}]", new SetInput(ModelSpec.InputShape, SpecValue.OfNumbers([1, .. input.Sizes])));

        if (broken.Rule == Rules.SizeBelowOne && Shrinking(source, values) is { } shrinking)
            yield return Fix.Of($"remove '{values.Words(shrinking)}' before it", new RemoveLayer(shrinking.Place));
    }

    /// <summary>Of the layers that shrink the image, the nearest.</summary>
    private static LayerNode? Shrinking(int value, ValueTable values)
    {
        for (var node = values.NodeOf(value); node is not null; node = values.NodeOf(node.Sources[0]))
        {
            if (node is LayerNode layer && !layer.Output.Sizes.Skip(1).SequenceEqual(layer.Input.Sizes.Skip(1)))
                return layer;
        }

        return null;
    }

    /// <summary>The findings with those of their fixes that mend them; what stands behind the last one that can be tried has none.</summary>
    public static IEnumerable<Finding> Tried(ModelSpec spec, CheckedModel model, CancellationToken cancellation)
    {
        var areMended = AreMendedTogether(spec, model, cancellation);
        var layers = 0;
        foreach (var finding in model.Findings)
        {
            if (areMended && IsSetting(finding))
            {
                yield return finding;
                continue;
            }

            yield return layers > MostTriedLayers ? finding with { Fixes = default } : Tried(finding, spec, model, cancellation);
            layers += model.Layers * System.Math.Min(finding.Fixes.Count, MostTrials);
        }
    }

    /// <summary>Whether it is a remark whose only fix is a setting.</summary>
    private static bool IsSetting(Finding finding) =>
        finding.Rule.Severity == Severity.Info && finding.Fixes.Count == 1 && finding.Fixes[0].Edits.All(edit => edit is SetLayerSetting);

    /// <summary>
    /// Whether the settings that remarks ask for mend all of these together: a deep network has the same remark at each block, and one trial
    /// instead of one for each keeps its check linear. Where they don't, each is tried by itself.
    /// </summary>
    private static bool AreMendedTogether(ModelSpec spec, CheckedModel model, CancellationToken cancellation)
    {
        var remarks = model.Findings.Where(IsSetting).ToArray();
        if (remarks.Length == 0)
            return false;
        if (model.Graph is { } graph && SettingTrial.Run(graph, Budget.Read(spec, []), remarks) is { } left)
        {
            var known = new HashSet<(Rule, string)>(model.Findings.Where(finding => !IsSetting(finding)).Select(finding => (finding.Rule, finding.Path)));
            return left.All(finding => known.Contains((finding.Rule, finding.Path)));
        }

        var (errors, warnings, infos) = Weight(model.Findings, Severity.Info);
        var mended = remarks.Aggregate(spec, (mended, remark) => remark.Fixes[0].Apply(mended));
        return Weight(ModelChecker.CheckUntried(mended, cancellation).Findings, Severity.Info) == (errors, warnings, infos - remarks.Length);
    }

    /// <summary>The finding with those of its fixes that mend it and break nothing else, at most two, and one for each thing to change.</summary>
    private static Finding Tried(Finding finding, ModelSpec spec, CheckedModel model, CancellationToken cancellation)
    {
        var named = new List<Fix>();
        foreach (var fix in finding.Fixes.Take(MostTrials))
        {
            if (named.Count < MostNamed
                && !named.Any(other => other.Target == fix.Target)
                && Mends(ModelChecker.CheckUntried(fix.Apply(spec), cancellation), model, finding.Rule.Severity))
            {
                named.Add(fix);
            }
        }

        return finding.WithFixes(named);
    }

    // A network that loses its shapes has fewer findings, because it is no longer checked as a whole.
    private static bool Mends(CheckedModel trial, CheckedModel model, Severity severity) =>
        (trial.HasShapes || !model.HasShapes) && Weight(trial.Findings, severity).CompareTo(Weight(model.Findings, severity)) < 0;

    /// <summary>Fewer errors, or as many and fewer warnings, or as many of both and fewer remarks: down to the finding's own severity.</summary>
    private static (int Errors, int Warnings, int Remarks) Weight(IReadOnlyList<Finding> findings, Severity least)
    {
        return (Count(Severity.Error), Count(Severity.Warning), Count(Severity.Info));

        int Count(Severity severity) => severity < least ? 0 : findings.Count(finding => finding.Rule.Severity == severity);
    }
}

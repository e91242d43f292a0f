using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Emit.Torch;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen;

/// <summary>Compiles declared networks: reads every spec of the project, checks it, and writes its C#.</summary>
[Generator]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Fires for a file that changed, and for all when the project's namespace does. Of a file that can't be read the compiler says so.
        var jsonReadings = context.AdditionalTextsProvider
            .Where(file => file.Path.EndsWith(JsonSpecReader.FileEnding, StringComparison.OrdinalIgnoreCase))
            .Combine(context.AnalyzerConfigOptionsProvider.Select((options, _) => RootNamespace(options)))
            .SelectMany((pair, cancellation) => pair.Left.GetText(cancellation) is { } text
                ? ImmutableArray.Create(JsonSpecReader.Read(pair.Left.Path, text.ToString(), pair.Right))
                : [])
            .WithTrackingName(TrackingNames.JsonReadings);

        // Fires for every class with [Model] after every edit of C#: binding attributes needs the compilation.
        var attributeReadings = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeSpecReader.ModelAttribute,
                (node, _) => node.IsKind(SyntaxKind.ClassDeclaration) || node.IsKind(SyntaxKind.RecordDeclaration),
                (found, cancellation) => AttributeSpecReader.Read((TypeDeclarationSyntax)found.TargetNode, (INamedTypeSymbol)found.TargetSymbol, keepPlaces: false, cancellation))
            .WithTrackingName(TrackingNames.AttributeReadings);

        var jsonSpecs = Specs(jsonReadings);
        var attributeSpecs = Specs(attributeReadings);

        // Fires when a class appears, disappears or is renamed.
        var duplicates = Names(jsonSpecs).Combine(Names(attributeSpecs)).Select((names, _) => Duplicates(names.Left.AddRange(names.Right)));

        Compile(context, jsonReadings, jsonSpecs, duplicates);
        Compile(context, attributeReadings, attributeSpecs, duplicates);

        // Fires when a file's spec changed or moved: the places of what is wrong moved with it. Of attributes the analyzer says what is wrong.
        var findings = jsonReadings.Select((reading, _) => reading with { Spec = null, Findings = Findings(reading) })
            .WithTrackingName(TrackingNames.Findings);
        context.RegisterSourceOutput(findings, Report);
    }

    private static void Compile(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<SpecReading> readings,
        IncrementalValuesProvider<ModelSpec> specs,
        IncrementalValueProvider<EquatableArray<string>> duplicates)
    {
        var models = specs.Combine(duplicates).WithTrackingName(TrackingNames.Models);
        context.RegisterSourceOutput(models, (output, pair) => Write(output, pair.Left, pair.Right));

        // Fires with the above, and only says something when two specs declare one class: no other step sees both.
        context.RegisterSourceOutput(readings.Combine(duplicates), (output, pair) =>
        {
            if (pair.Left.Spec is { } spec && pair.Right.Contains(spec.FullName))
                output.ReportDiagnostic(DiagnosticReporter.InFile(Finding.Of(Rules.DuplicateModel, "name", spec.FullName), pair.Left.Map));
        });
    }

    // Fires when a spec says something else than before; a spec that only moved in its file stops here.
    private static IncrementalValuesProvider<ModelSpec> Specs(IncrementalValuesProvider<SpecReading> readings) =>
        readings.SelectMany((reading, _) => reading.Spec is { } spec ? ImmutableArray.Create(spec) : ImmutableArray<ModelSpec>.Empty);

    private static IncrementalValueProvider<ImmutableArray<string>> Names(IncrementalValuesProvider<ModelSpec> specs) =>
        specs.Select((spec, _) => spec.FullName).Collect();

    private static void Write(SourceProductionContext output, ModelSpec spec, EquatableArray<string> duplicates)
    {
        if (duplicates.Contains(spec.FullName))
            return;
        foreach (var file in TorchBackend.Emit(spec, ModelChecker.CheckUntried(spec)))
            output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
    }

    private static EquatableArray<Finding> Findings(SpecReading reading) =>
        EquatableArray<Finding>.Of(reading.Findings.Concat(reading.Spec is { } spec ? ModelChecker.Check(spec).Findings : []));

    private static void Report(SourceProductionContext output, SpecReading reading)
    {
        foreach (var finding in reading.Findings)
            output.ReportDiagnostic(DiagnosticReporter.InFile(finding, reading.Map));
    }

    // Case does not tell generated files apart.
    private static EquatableArray<string> Duplicates(ImmutableArray<string> names) => EquatableArray<string>.Of(names
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).SelectMany(group => group).Distinct(StringComparer.Ordinal)
        .OrderBy(name => name, StringComparer.Ordinal));

    private static string RootNamespace(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var value) ? value : "";
}

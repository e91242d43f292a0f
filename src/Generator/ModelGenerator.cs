using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Emit;
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
            .Combine(context.AnalyzerConfigOptionsProvider.Select((options, _) => BuildProperties.RootNamespace(options)))
            .SelectMany((pair, cancellation) => pair.Left.GetText(cancellation) is { } text
                ? ImmutableArray.Create(JsonSpecReader.Read(pair.Left.Path, text.ToString(), pair.Right, cancellation))
                : [])
            .WithTrackingName(TrackingNames.JsonReadings);

        // Fires for every class with [Model] after every edit of C#: binding attributes needs the compilation.
        var attributeReadings = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeSpecReader.ModelAttribute,
                (node, _) => node.IsKind(SyntaxKind.ClassDeclaration) || node.IsKind(SyntaxKind.RecordDeclaration),
                (found, cancellation) => AttributeSpecReader.Read(
                    (TypeDeclarationSyntax)found.TargetNode, (INamedTypeSymbol)found.TargetSymbol, keepPlaces: false, cancellation))
            .WithTrackingName(TrackingNames.AttributeReadings);

        // Fires when a file's spec changed or moved.
        var checkedReadings = jsonReadings.Select(CheckedReading.Of);
        var jsonSpecs = checkedReadings.SelectMany((reading, _) => Some(reading.Spec));

        // Fires when a class's spec says something else than before.
        var attributeSpecs = attributeReadings
            .SelectMany((reading, _) => Some(reading.Spec))
            .Select((spec, cancellation) => new CheckedSpec(spec, ModelChecker.CheckUntried(spec, cancellation)));

        // Fires when a class appears, disappears or is renamed.
        var duplicates = Names(jsonSpecs).Combine(Names(attributeSpecs)).Select((names, _) => CheckedSpec.Duplicates(names.Left.AddRange(names.Right)));

        var optimize = context.AnalyzerConfigOptionsProvider.Select((options, _) => BuildProperties.IsOptimized(options));
        var docs = context.AnalyzerConfigOptionsProvider.Select((options, _) => BuildProperties.Docs(options));
        Compile(context, jsonSpecs, duplicates, optimize);
        Compile(context, attributeSpecs, duplicates, optimize);
        ReportDuplicates(context, jsonReadings, duplicates, docs);
        ReportDuplicates(context, attributeReadings, duplicates, docs);

        // Fires when a spec moved, too: the places of what is wrong moved with it. Of attributes the analyzer says what is wrong.
        context.RegisterSourceOutput(
            checkedReadings.Select((reading, _) => reading with { Spec = null }).WithTrackingName(TrackingNames.Findings).Combine(docs),
            (output, pair) =>
            {
                foreach (var finding in pair.Left.Findings)
                    output.ReportDiagnostic(DiagnosticReporter.InFile(finding, pair.Left.Map, pair.Right));
            });
    }

    private static void Compile(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<CheckedSpec> specs,
        IncrementalValueProvider<EquatableArray<string>> duplicates,
        IncrementalValueProvider<bool> optimize) =>
        // A spec that only moved in its file stops here.
        context.RegisterSourceOutput(specs.Combine(duplicates).Combine(optimize).WithTrackingName(TrackingNames.Models), (output, model) =>
        {
            var ((spec, doubled), isOptimized) = model;
            if (doubled.Contains(spec.Spec.FullName))
                return;
            foreach (var file in Backends.Emit(spec.Spec, spec.Model, isOptimized))
            {
                output.CancellationToken.ThrowIfCancellationRequested();
                output.AddSource(file.HintName, AsciiText.OrString(file.Text));
            }
        });

    // Fires with every reading, and only says something when two specs declare one class: no other step sees both.
    private static void ReportDuplicates(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<SpecReading> readings,
        IncrementalValueProvider<EquatableArray<string>> duplicates,
        IncrementalValueProvider<string> docs) =>
        context.RegisterSourceOutput(readings.Combine(duplicates).Combine(docs), (output, pair) =>
        {
            var ((reading, doubled), pages) = pair;
            if (reading.Spec is { } spec && doubled.Contains(spec.FullName))
                output.ReportDiagnostic(DiagnosticReporter.InFile(Finding.Of(Rules.DuplicateModel, "name", spec.FullName), reading.Map, pages));
        });

    private static ImmutableArray<T> Some<T>(T? value)
        where T : class => value is null ? [] : [value];

    private static IncrementalValueProvider<ImmutableArray<string>> Names(IncrementalValuesProvider<CheckedSpec> specs) =>
        specs.Select((spec, _) => spec.Spec.FullName).Collect();
}

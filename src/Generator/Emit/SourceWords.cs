using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Emit;

/// <summary>What of a program depends on the data source, as C#.</summary>
/// <param name="Variable">What the data is called, and what its samples are.</param>
/// <param name="Type">Its type.</param>
/// <param name="Sample">What the command line calls a sample, where it is no image.</param>
/// <param name="Given">The <c>data</c> that a caller gives, for the options of a run.</param>
/// <param name="Open">Opens the data of a run.</param>
/// <param name="OpenTest">Opens the test set alone, into the variable, and its <c>description</c>.</param>
/// <param name="Predict">What <c>predict</c> does with <c>paths</c>; files that can't be read are <c>refused</c>.</param>
internal sealed record SourceWords(
    string Variable,
    string Type,
    IReadOnlyList<string> Sample,
    string Given,
    string Open,
    IReadOnlyList<string> OpenTest,
    IReadOnlyList<string> Predict)
{
    private const string Data = "global::ModelGen.Data";
    private const string Linq = "global::System.Linq.Enumerable";
    private const string Labels = "global::ModelGen.Training.LabelsFile";
    private const string CommandLine = "global::ModelGen.CommandLine";

    public static SourceWords Of(ModelGraph graph, TrainingPlan plan) => plan.Table is { } table ? OfTable(graph, plan, table) : OfImages(graph, plan);

    private static SourceWords OfImages(ModelGraph graph, TrainingPlan plan)
    {
        var names = plan.ClassNames is null ? "" : ", names: Data.ClassNames";
        var skip = plan.SkipUnreadable ? ", skipUnreadable: true" : "";
        var resize = Resize(plan);
        var classes = CSharpLiteral.Of(plan.Classes);
        return new SourceWords(
            "images",
            $"{Data}.ImageData",
            [],
            $"data?.For(options, Data.ImageShape, classes: {classes}{names})",
            $"{Data}.ImageData.Open(options, Data.ImageShape, classes: {classes}{names}{skip}{resize})",
            [
                // Weights from elsewhere have no names beside them, and folders in the order of the labels.
                $"var labels = {LabelsBeside(plan)}{(plan.ClassNames is null ? "" : " ?? Data.ClassNames")};",
                $"var images = {Data}.ImageData.OpenTest(options, Data.ImageShape, classes: {classes}, out var description, names: labels{skip}{resize});",
            ],
            [
                LabelsOf(plan),
                Predictor(graph),
                $"var pixels = {Data}.ImageFiles.ReadEach(paths, Data.ImageShape, refused, out var read{resize});",
                $"return [.. {Linq}.Zip(read, predictor.Predict(pixels), (path, prediction) =>",
                $"    new {CommandLine}.ClassPrediction(path, {Named(plan)}, prediction.Confidence))];",
            ]);
    }

    private static SourceWords OfTable(ModelGraph graph, TrainingPlan plan, TablePlan table)
    {
        var features = CSharpLiteral.Of(graph.Input[0]);
        var isLabelled = plan.Task.HasClasses;
        var fit = $"options, Data.Format, features: {features}{(isLabelled ? $", classes: {CSharpLiteral.Of(plan.Classes)}" : "")}";
        var prediction = isLabelled
            ? $"new {CommandLine}.ClassPrediction($\"{{path}}:{{line}}\", {Named(plan)}, prediction.Confidence)"
            : $"new {CommandLine}.NumberPrediction($\"{{path}}:{{line}}\", Data.Format.Targets, [{string.Join(", ", PredictionEmitter.Members(table).Select(member => "prediction." + member))}])";
        return new SourceWords(
            "rows",
            $"{Data}.TableData",
            ["Sample = \"row\","],
            $"data?.For({fit})",
            $"{Data}.TableData.Open({fit})",
            [
                .. isLabelled ? [LabelsOf(plan)] : Enumerable.Empty<string>(),
                $"var rows = {Data}.TableData.OpenTest(options, Data.Format, features: {features}, out var description{(isLabelled ? ", labels" : "")});",
            ],
            [
                .. isLabelled ? [LabelsOf(plan)] : Enumerable.Empty<string>(),
                Predictor(graph),
                $"return [.. {Linq}.SelectMany(paths, path =>",
                "{",
                $"    var rows = {Data}.TableData.ReadFeatures(path, Data.Format, features: {features}, refused, out var lines);",
                $"    return {Linq}.Zip(lines, predictor.Predict(rows), (line, prediction) =>",
                $"        {prediction});",
                "})];",
            ]);
    }

    /// <summary>The names that training left beside the weights of <c>options</c>, or null.</summary>
    public static string LabelsBeside(TrainingPlan plan) => $"{Labels}.FindBeside(options.Load!, classes: {CSharpLiteral.Of(plan.Classes)})";

    /// <summary>The argument that says how images get the network's size; empty where they must have it.</summary>
    public static string Resize(TrainingPlan plan) =>
        plan.Resize == TrainingParameters.Resize.Value ? "" : $", resize: global::ModelGen.Resize.{SpecNames.ToPascalCase(plan.Resize)}";

    private static string Predictor(ModelGraph graph) => graph.Compilation.Backend == Backend.CSharp
        ? "var predictor = Predictor.Load(options.Load!, options.StripPrefix);"
        : "using var predictor = Predictor.Load(options.Load!, options.Device, options.StripPrefix);";

    private static string LabelsOf(TrainingPlan plan) =>
        $"var labels = {Labels}.ReadBeside(options.Load!, classes: {CSharpLiteral.Of(plan.Classes)}{(plan.ClassNames is null ? "" : ", names: Data.ClassNames")});";

    private static string Named(TrainingPlan plan) => $"labels[{(plan.ClassNames is null ? "" : "(int)")}prediction.Label]";
}

using System.Collections.Generic;
using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Emit;

/// <summary>Writes <c>Run(args)</c>: what the verbs of the command line do with this network.</summary>
internal static class ProgramEmitter
{
    /// <param name="spec">The network's spec.</param>
    /// <param name="graph">The network.</param>
    /// <param name="plan">How it is trained.</param>
    /// <param name="note">What stands below the table of its summary, of what only one backend knows; empty for nothing.</param>
    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, TrainingPlan plan, string note = "")
    {
        var source = SourceWords.Of(graph, plan);
        var held = plan.Recipe.ValidationShare is not { } share ? ""
            : $".HoldOut(options, {CSharpLiteral.Of(share)}, stratified: {CSharpLiteral.Of(plan.Recipe.Stratified)})";
        var words = BackendWords.Of(graph.Compilation.Backend);
        var precision = plan.Recipe.Precision.IsAutocast ? $" + \", {plan.Recipe.Precision.Keyword}\"" : "";
        // Images may live on a device, and must leave it.
        var owned = plan.Table is null ? words.Owned : "var";
        var type = CSharpWord.EscapeType(graph.Name);
        IReadOnlyList<string> other = graph.Compilation.Backend == Backend.Both ? [$"Other = (\"{BackendKeyword.CSharp}\", CSharp.Run),"]
            : graph.IsInside ? [$"Backend = \"{BackendKeyword.CSharp}\","] : [];
        IReadOnlyList<string> below = note.Length == 0 ? [] : [$"SummaryNote = \"{note}\","];
        return GeneratedFile.Of(spec, "Program", (null, ""), usings: words.Usings, writer =>
        {
            writer.Write($$""""
            /// <summary>What is trained and how, as the spec has it; the last line stands for the layers with all their settings. A run is resumed with the same only.</summary>
            public const string Recipe =
                """
                {{plan.Lines}}
                layers {{Fingerprint.Of(graph)}}
                """;

            /// <summary>
            /// Runs the command line: <c>train</c> (also without a verb), <c>eval</c>, <c>predict</c>, <c>lr-find</c>, <c>summary</c>, <c>data</c>{{(graph.Compilation.ExportsOnnx ? ", <c>export</c>" : "")}}; <c>--help</c> tells the options.
            /// </summary>
            /// <returns>The exit code: 0 when all went well.</returns>
            public static int Run(params string[] args) => new global::ModelGen.CommandLine.ModelProgram<Options>
            {
                Name = "{{graph.Title}}",
                Summary = Summary,
                {{below}}
                Diagram = Diagram,
                Defaults = new Options(),
                Train = Train,
                Evaluate = Evaluate,
                Predict = Predict,
                FindLearningRate = (options, search) => FindLearningRate(options, search: search),
                {{Memory(graph, plan.Recipe)}}
                {{Export(graph, plan, words)}}
                {{words.LibTorch}}
                {{source.Sample}}
                {{other}}
            }.Run(args);

            /// <summary>Trains the network as the options say, and leaves its weights and figures in the folder <c>Out</c>.</summary>
            /// <param name="options">The settings of the run.</param>
            /// <param name="progress">Is told what happens, at most ten times a second, or null.</param>
            /// <param name="cancellation">Stops the run after the batch that it is in; with <c>Resume</c> another run goes on there.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException">An option is out of its range.</exception>
            /// <exception cref="global::ModelGen.ModelGenException">The data, the device or a file is at fault, or the loss is no longer a number.</exception>
            /// <exception cref="global::ModelGen.Training.TrainingStoppedException">The run was cancelled; its checkpoint is written.</exception>
            // Train(options, null) could mean both; there is nothing to choose between them.
            [global::System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
            public static global::ModelGen.Training.TrainingResult Train(
                Options options,
                global::System.IProgress<global::ModelGen.Training.TrainingEvent>? progress = null,
                global::System.Threading.CancellationToken cancellation = default) => Train(options, null, progress, cancellation);

            /// <summary>The same with {{source.Variable}} that are in memory{{(plan.Table is null ? ", or come from a source of your own" : "")}}; <c>Data</c> and <c>TestData</c> of the options are not used.</summary>
            /// <param name="options">The settings of the run.</param>
            /// <param name="data">The {{source.Variable}}{{(plan.Table is null ? ", of the shape <see cref=\"Data.ImageShape\"/>" : "")}}; null takes those that the options name.</param>
            /// <param name="progress">Is told what happens, at most ten times a second, or null.</param>
            /// <param name="cancellation">Stops the run after the batch that it is in; with <c>Resume</c> another run goes on there.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException">An option is out of its range.</exception>
            /// <exception cref="global::ModelGen.ModelGenException">The data, the device or a file is at fault, or the loss is no longer a number.</exception>
            /// <exception cref="global::ModelGen.Training.TrainingStoppedException">The run was cancelled; its checkpoint is written.</exception>
            public static global::ModelGen.Training.TrainingResult Train(
                Options options,
                {{source.Type}}? data,
                global::System.IProgress<global::ModelGen.Training.TrainingEvent>? progress = null,
                global::System.Threading.CancellationToken cancellation = default)
            {
                // A resumed run has its weights from the checkpoint; those that it began from may be gone.
                {{words.Owned}} model = Create(options is { Resume: true } ? options with { Load = null } : options);
                using var trainer = new Trainer(model, options);
                var {{source.Variable}} = OpenData(options, data);
                {{owned}} train = new Data({{source.Variable}}.Train, options{{words.Device}});
                {{owned}} test = {{source.Variable}}.Test is null ? null : new Data({{source.Variable}}.Test, options{{words.Device}});
                var setup = new global::ModelGen.Training.RunSetup
                {
                    Model = "{{graph.Title}}",
                    Parameters = ParameterCount,
                    Summary = Summary,
                    Recipe = Recipe,
                    Diagram = Diagram,
                    Options = options,
                    Device = {{words.DeviceName}}{{precision}},
                    Data = {{source.Variable}},
                    {{Judging(plan.Recipe)}}
                };
                using var run = new global::ModelGen.Training.TrainingRun(setup, progress, cancellation);
                return trainer.Fit(train, test, run);
            }

            /// <summary>Looks for a learning rate to train with; nothing is written. The verb <c>lr-find</c> does the same.</summary>
            /// <param name="options">The settings of the run; the search chooses the learning rates, and no schedule changes them.</param>
            /// <param name="data">The {{source.Variable}}{{(plan.Table is null ? ", of the shape <see cref=\"Data.ImageShape\"/>" : "")}}; null takes those that the options name.</param>
            /// <param name="search">The rates to try; null takes 100 steps from 1e-7 to 10.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException">An option is out of its range.</exception>
            /// <exception cref="global::ModelGen.ModelGenException">The data or the device is at fault, or the loss is no number from the start.</exception>
            /// <exception cref="global::System.OperationCanceledException">The search was cancelled.</exception>
            public static global::ModelGen.Training.LearningRateResult FindLearningRate(
                Options options,
                {{source.Type}}? data = null,
                global::ModelGen.Training.LearningRateSearch? search = null)
            {
                {{words.Owned}} model = Create(options);
                using var trainer = new Trainer(model, options);
                {{owned}} train = new Data(OpenData(options, data).Train, options{{words.Device}});
                return trainer.FindLearningRate(train, search ?? new global::ModelGen.Training.LearningRateSearch());
            }

            private static {{source.Type}} OpenData(Options options, {{source.Type}}? data) =>
                {{(held.Length > 0 ? "(" : "")}}{{source.Given}}
                    ?? {{source.Open}}{{(held.Length > 0 ? ")" : "")}}{{held}};

            private static global::ModelGen.Training.Scores Evaluate(Options options)
            {
                {{words.Owned}} model = Create(options);
                using var trainer = new Trainer(model, options);
                {{source.OpenTest}}
                global::System.Console.WriteLine(description);
                {{owned}} test = new Data({{source.Variable}}, options{{words.Device}});
                return trainer.Evaluate(test);
            }

            private static global::System.Collections.Generic.IReadOnlyList<global::ModelGen.CommandLine.Prediction> Predict(
                Options options,
                global::System.Collections.Generic.IReadOnlyList<string> paths,
                global::System.Action<global::ModelGen.ModelGenException> refused)
            {
                {{source.Predict}}
            }

            """");
            words.WriteCreation(writer, type);
            writer.Line();
            if (graph.Compilation.Backend == Backend.CSharp)
                CSharp.PredictorEmitter.Emit(writer, graph, plan);
            else
                Torch.PredictorEmitter.Emit(writer, graph, plan);
        });
    }

    /// <summary>What training takes in libtorch's memory; plain C# plans its own.</summary>
    private static IReadOnlyList<string> Memory(ModelGraph graph, Recipe recipe) => graph.Compilation.Backend == Backend.CSharp ? [] :
        [$"Memory = new(Model: {CSharpLiteral.Grouped(recipe.ModelBytes(graph.Parameters))}, Sample: {CSharpLiteral.Grouped(graph.OutputBytes)}),"];

    private static IReadOnlyList<string> Export(ModelGraph graph, TrainingPlan plan, BackendWords words) => !graph.Compilation.ExportsOnnx ? [] :
    [
        "ExportOnnx = (options, path, onnx) =>",
        "{",
        $"    {words.Owned} model = Create(options);",
        // What the labels meant when the weights were trained; the names that the spec declares are in the graph.
        plan.Task.HasClasses
            ? $"    model.ExportOnnx(path, onnx with {{ Classes = {SourceWords.LabelsBeside(plan)} }});"
            : "    model.ExportOnnx(path, onnx);",
        "},",
    ];

    /// <summary>What the run must know of the recipe, where the spec says more than the defaults.</summary>
    private static List<string> Judging(Recipe recipe)
    {
        var lines = new List<string>();
        if (recipe.SpansRun)
            lines.Add("SpansRun = true,");
        if (recipe.Monitor != TrainingParameters.Monitor.Value)
            lines.Add($"Monitor = global::ModelGen.Training.MonitoredScore.{SpecNames.ToPascalCase(recipe.Monitor)},");
        if (recipe.Patience is { } patience)
            lines.Add($"Patience = {CSharpLiteral.Of(patience)},");
        if (recipe.MinDelta > 0)
            lines.Add($"MinDelta = {CSharpLiteral.Of(recipe.MinDelta)},");
        return lines;
    }
}

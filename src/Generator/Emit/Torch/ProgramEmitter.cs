using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Emit.Torch;

/// <summary>Writes <c>Run(args)</c>: what the verbs of the command line do with this network.</summary>
internal static class ProgramEmitter
{
    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, TrainingPlan plan)
    {
        var source = SourceWords.Of(graph, plan);
        var resize = plan.Resize == TrainingParameters.Resize.Value ? "" : $", resize: global::ModelGen.Resize.{SpecNames.ToPascalCase(plan.Resize)}";
        var type = CSharpWord.EscapeType(graph.Name);
        return GeneratedFile.Of(spec, "Program", (null, ""), torchExtensions: true, writer =>
        {
            writer.Write($$""""
            /// <summary>What is trained and how, as the spec has it; the last line stands for the layers with all their settings. A run is resumed with the same only.</summary>
            public const string Recipe =
                """
                {{plan.Lines}}
                layers {{Fingerprint.Of(graph)}}
                """;

            /// <summary>
            /// Runs the command line: <c>train</c> (also without a verb), <c>eval</c>, <c>predict</c>, <c>summary</c>, <c>data</c>; <c>--help</c> tells the options.
            /// </summary>
            /// <returns>The exit code: 0 when all went well.</returns>
            public static int Run(params string[] args) => new global::ModelGen.CommandLine.ModelProgram<Options>
            {
                Name = "{{graph.Name}}",
                Summary = Summary,
                Diagram = Diagram,
                Defaults = new Options(),
                Train = Train,
                Evaluate = Evaluate,
                Predict = Predict,
                {{source.Sample}}
            }.Run(args);

            /// <summary>Trains the network as the options say, and leaves its weights and figures in the folder <c>Out</c>.</summary>
            /// <param name="options">The settings of the run.</param>
            /// <param name="progress">Is told what happens, at most ten times a second, or null.</param>
            /// <param name="cancellation">Stops the run after the batch that it is in; with <c>Resume</c> another run goes on there.</param>
            /// <exception cref="global::ModelGen.ModelGenException">The data, the device or a file is at fault, or the loss is no longer a number.</exception>
            /// <exception cref="global::ModelGen.Training.TrainingStoppedException">The run was cancelled; its checkpoint is written.</exception>
            public static global::ModelGen.Training.TrainingResult Train(
                Options options,
                global::System.IProgress<global::ModelGen.Training.TrainingEvent>? progress = null,
                global::System.Threading.CancellationToken cancellation = default)
            {
                using var model = Create(options);
                using var trainer = new Trainer(model, options);
                var {{source.Variable}} = {{source.Open}};
                var train = new Data({{source.Variable}}.Train, options, trainer.Device);
                var test = {{source.Variable}}.Test is null ? null : new Data({{source.Variable}}.Test, options, trainer.Device);
                var setup = new global::ModelGen.Training.RunSetup
                {
                    Model = "{{graph.Name}}",
                    Parameters = ParameterCount,
                    Summary = Summary,
                    Recipe = Recipe,
                    Diagram = Diagram,
                    Options = options,
                    Device = global::ModelGen.Torch.TorchDevice.Describe(trainer.Device),
                    Data = {{source.Variable}},
                };
                return trainer.Fit(train, test, new global::ModelGen.Training.TrainingRun(setup, progress, cancellation));
            }

            private static global::ModelGen.Training.Scores Evaluate(Options options)
            {
                using var model = Create(options);
                using var trainer = new Trainer(model, options);
                {{source.OpenTest}}
                global::System.Console.WriteLine(description);
                return trainer.Evaluate(new Data({{source.Variable}}, options, trainer.Device));
            }

            private static global::System.Collections.Generic.IReadOnlyList<global::ModelGen.CommandLine.Prediction> Predict(
                Options options,
                global::System.Collections.Generic.IReadOnlyList<string> paths)
            {
                {{source.Predict}}
            }

            private static {{type}} Create(Options options)
            {
                global::ModelGen.Torch.LibTorch.Configure(options.Threads, options.Seed);
                var model = new {{type}}();
                if (options.Load is null)
                    return model;
                try
                {
                    foreach (var note in global::ModelGen.Torch.Weights.Load(model, options.Load))
                        global::System.Console.WriteLine(note);
                    return model;
                }
                catch
                {
                    model.Dispose();
                    throw;
                }
            }
            """");
            writer.Line();
            PredictorEmitter.Emit(writer, graph, plan, resize);
        });
    }
}

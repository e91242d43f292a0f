using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Emit.Torch;

/// <summary>Writes <c>Run(args)</c>: what the verbs of the command line do with this network.</summary>
internal static class ProgramEmitter
{
    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, TrainingPlan plan)
    {
        var names = plan.ClassNames is null ? "" : ", names: Data.ClassNames";
        var skip = plan.SkipUnreadable ? ", skipUnreadable: true" : "";
        var resize = plan.Resize == TrainingParameters.Resize.Value ? "" : $", resize: global::ModelGen.Resize.{SpecNames.ToPascalCase(plan.Resize)}";
        var type = CSharpWord.EscapeType(graph.Name);
        var classes = CSharpLiteral.Of(plan.Classes);
        return GeneratedFile.Of(spec, "Program", (null, ""), torchExtensions: true, writer => writer.Write($$"""
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
            }.Run(args);

            private static void Train(Options options)
            {
                using var model = Create(options);
                using var trainer = new Trainer(model, options);
                var images = global::ModelGen.Data.ImageData.Open(options, Data.ImageShape, classes: {{classes}}{{names}}{{skip}}{{resize}});
                var train = new Data(images.Train, options, trainer.Device);
                var test = images.Test is null ? null : new Data(images.Test, options, trainer.Device);
                trainer.Fit(train, test, global::ModelGen.Training.TrainingRun.Start(
                    "{{graph.Name}}", ParameterCount, options, global::ModelGen.Torch.TorchDevice.Describe(trainer.Device), images));
            }

            private static global::ModelGen.Training.Scores Evaluate(Options options)
            {
                using var model = Create(options);
                using var trainer = new Trainer(model, options);
                var images = global::ModelGen.Data.ImageData.OpenTest(options, Data.ImageShape, classes: {{classes}}, out var description{{names}}{{skip}}{{resize}});
                global::System.Console.WriteLine(description);
                return trainer.Evaluate(new Data(images, options, trainer.Device));
            }

            private static global::System.Collections.Generic.IReadOnlyList<global::ModelGen.CommandLine.Prediction> Predict(
                Options options,
                global::System.Collections.Generic.IReadOnlyList<string> paths)
            {
                var labels = global::ModelGen.Training.LabelsFile.ReadBeside(options.Load!, classes: {{classes}}{{names}});
                var predictions = new global::System.Collections.Generic.List<global::ModelGen.CommandLine.Prediction>();
                using var model = Create(options);
                var device = global::ModelGen.Torch.TorchDevice.Select(options.Device);
                model.to(device);
                model.eval();
                using var noGradients = global::TorchSharp.torch.no_grad();
                foreach (var path in paths)
                {
                    using var image = Data.ToImage(global::ModelGen.Data.ImageFiles.Read([path], Data.ImageShape{{resize}}), 1, device);
                    using var output = model.call(image);
                    using var probabilities = {{plan.Loss.Probabilities}};
                    var (label, probability) = global::ModelGen.Torch.Classes.MostLikely(probabilities);
                    predictions.Add(new global::ModelGen.CommandLine.Prediction(path, labels[label], probability));
                }

                return predictions;
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
            """));
    }
}

using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Emit.Torch;

/// <summary>Writes the training loop: plain C#, with the spec's loss and optimizer as straight calls.</summary>
internal static class TrainerEmitter
{
    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, TrainingPlan plan)
    {
        var type = CSharpWord.EscapeType(graph.Name);
        var recipe = new RecipeWords(plan.Recipe);
        return GeneratedFile.Of(spec, "Trainer", (null, ""), torchExtensions: true, writer => writer.Write($$"""
            /// <summary>Trains a <see cref="{{type}}"/> with {{plan.Recipe.Loss.Keyword}} loss and {{plan.Recipe.Optimizer.ClassName}}.</summary>
            public sealed class Trainer : global::System.IDisposable
            {
                private readonly {{type}} _model;
                private readonly Options _options;
                {{recipe.Fields}}

                /// <summary>Moves the network to the device of the options, and makes its optimizer.</summary>
                /// <param name="model">The network; it stays the caller's.</param>
                /// <param name="options">The settings of the run.</param>
                /// <exception cref="global::ModelGen.ModelGenException">The device is not there.</exception>
                public Trainer({{type}} model, Options options)
                {
                    _model = model;
                    _options = options;
                    Device = global::ModelGen.Torch.TorchDevice.Select(options.Device);

                    // In this order: an optimizer keeps the parameters it is given, and moving makes new ones.
                    _model.to(Device);
                    {{recipe.Construction}}
                }

                /// <summary>Where the network, its optimizer and the batches live.</summary>
                public global::TorchSharp.torch.Device Device { get; }

                /// <summary>The optimisation steps done.</summary>
                public long StepCount => _optimizer.StepCount;

                /// <summary>Trains all epochs. After each one it tests, reports and saves the weights.</summary>
                /// <param name="train">The images to learn from.</param>
                /// <param name="test">The images to test with after each epoch, or null.</param>
                /// <param name="run">Prints the progress and keeps the run's files.</param>
                /// <exception cref="global::ModelGen.ModelGenException">The loss is no longer a number, or a file can't be written.</exception>
                public void Fit(Data train, Data? test, global::ModelGen.Training.TrainingRun run)
                {
                    for (var epoch = 1; epoch <= _options.Epochs; epoch++)
                    {
                        using var progress = run.BeginEpoch(epoch, train.BatchCount);
                        var trained = TrainEpoch(train, epoch, progress);
                        progress.Trained();

                        global::ModelGen.Training.Scores? tested = test is null ? null : Evaluate(test);
                        progress.Complete(trained, tested);
                        {{recipe.Save}}
                    }

                    run.Complete();
                }

                /// <summary>Shows the network every image once, and takes a step after {{recipe.GroupWords}}.</summary>
                /// <returns>The mean loss and accuracy, each image judged before its own step.</returns>
                public global::ModelGen.Training.Scores TrainEpoch(Data data, int epoch, global::ModelGen.Training.EpochProgress? progress = null)
                {
                    {{recipe.EpochStart}}
                    using var totals = new global::ModelGen.Torch.ClassificationTotals(Device);
                    var batches = 0;
                    foreach (var batch in data.Shuffled(epoch))
                    {
                        {{recipe.StepCall}}
                        batches++;
                        if (progress is { IsDue: true })
                            progress.Show(batches, totals.Read());
                    }

                    return totals.Read();
                }

                {{recipe.StepHead}}
                {
                    {{recipe.ZeroGradients}}
                    using var output = _model.call(batch.Image);
                    using var loss = {{recipe.Loss}};
                    {{recipe.Backward}}
                    totals.Add(loss, output, batch.Label);
                }

                /// <summary>Judges the network on every image once, in eval mode and without gradients.</summary>
                public global::ModelGen.Training.Scores Evaluate(Data data)
                {
                    {{recipe.EvaluationStart}}
                    using var noGradients = global::TorchSharp.torch.no_grad();
                    using var totals = new global::ModelGen.Torch.ClassificationTotals(Device);
                    foreach (var batch in data.InOrder())
                    {
                        using (batch)
                        {
                            using var output = _model.call(batch.Image);
                            using var loss = {{recipe.Loss}};
                            totals.Add(loss, output, batch.Label);
                        }
                    }

                    return totals.Read();
                }

                {{recipe.End}}
            }
            """));
    }
}

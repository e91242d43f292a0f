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
        var evaluation = new EvaluationWords(plan);
        var (input, samples) = plan.Table is null ? ("Image", "image") : ("Features", "row");
        return GeneratedFile.Of(spec, "Trainer", (null, ""), torchExtensions: true, writer => writer.Write($$"""
            /// <summary>Trains a <see cref="{{type}}"/> with {{plan.Recipe.Loss.Keyword}} loss and {{plan.Recipe.Optimizer.ClassName}}.</summary>
            public sealed partial class Trainer : global::System.IDisposable
            {
                private readonly {{type}} _model;
                private readonly Options _options;
                {{recipe.Fields}}
                private readonly {{plan.Task.TotalsType}} _totals;

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
                    _totals = {{plan.Task.NewTotals(plan)}};
                    {{evaluation.NewDetails}}
                }

                /// <summary>Where the network, its optimizer and the batches live.</summary>
                public global::TorchSharp.torch.Device Device { get; }

                /// <summary>The optimisation steps done.</summary>
                public long StepCount => _optimizer.StepCount;

                {{evaluation.Details}}
                /// <summary>Trains all epochs, or those that a stopped run left. After each one it tests, reports and saves.</summary>
                /// <param name="train">The {{samples}}s to learn from.</param>
                /// <param name="test">The {{samples}}s to test with after each epoch, or null.</param>
                /// <param name="run">Tells the progress and keeps the run's files.</param>
                /// <exception cref="global::ModelGen.ModelGenException">The loss is no longer a number, a file can't be written, or a run can't be resumed.</exception>
                /// <exception cref="global::ModelGen.Training.TrainingStoppedException">The run was cancelled; its checkpoint is written.</exception>
                public global::ModelGen.Training.TrainingResult Fit(Data train, Data? test, global::ModelGen.Training.TrainingRun run)
                {
                    run.Begin(new global::ModelGen.Torch.TrainingState(_model, _optimizer, _totals{{recipe.Averages}}));
                    while (run.NextEpoch(train) is { } progress)
                    {
                        var trained = TrainEpoch(train, progress.Epoch, progress);
                        progress.Trained();

                        global::ModelGen.Training.Scores? tested = test is null ? null : Evaluate(test);
                        progress.Complete(trained, tested{{evaluation.DetailsArgument}});
                        OnEpochEnd(progress.Epoch, trained, tested);
                    }

                    return run.Complete();
                }

                /// <summary>Shows the network every {{samples}} once, and takes a step after {{recipe.GroupWords}}.</summary>
                /// <returns>The mean {{plan.Task.Measured}}, each {{samples}} judged before its own step.</returns>
                public global::ModelGen.Training.Scores TrainEpoch(Data data, int epoch, global::ModelGen.Training.EpochProgress? progress = null)
                {
                    {{recipe.EpochStart}}
                    var done = progress?.BatchesDone ?? 0;
                    if (done == 0)
                        _totals.Reset();
                    foreach (var batch in data.Shuffled(epoch, skip: done))
                    {
                        {{recipe.StepCall}}
                    }

                    return _totals.Read();
                }

                {{recipe.StepHead}}
                {
                    {{recipe.ZeroGradients}}
                    using var output = _model.call(batch.{{input}});
                    using var loss = {{recipe.Loss}};
                    global::ModelGen.Torch.Divergence.Check(loss, _model, batch.{{input}}, StepCount + 1);
                    {{recipe.Backward}}
                    totals.Add(loss, output, batch.{{plan.Task.Answer}});
                }

                /// <summary>Judges the network on every {{samples}} once, in eval mode and without gradients.</summary>
                public global::ModelGen.Training.Scores Evaluate(Data data)
                {
                    {{recipe.EvaluationStart}}
                    using var noGradients = global::TorchSharp.torch.no_grad();
                    using var totals = {{plan.Task.NewTotals(plan)}};
                    {{evaluation.Start}}
                    foreach (var batch in data.InOrder())
                    {
                        using (batch)
                        {
                            using var output = _model.call(batch.{{input}});
                            using var loss = {{recipe.Loss}};
                            {{evaluation.Judge}}
                        }
                    }

                    return totals.Read(){{evaluation.More}};
                }

                /// <summary>
                /// The range test (Smith 2015): trains with a learning rate that grows from step to step, until the loss explodes. The network's
                /// weights are of no use afterwards.
                /// </summary>
                /// <param name="data">The {{samples}}s to learn from, shown again as often as the steps need it.</param>
                /// <param name="search">Chooses the rates and keeps the losses; it serves once.</param>
                /// <exception cref="global::System.OperationCanceledException">The search was cancelled.</exception>
                public global::ModelGen.Training.LearningRateResult FindLearningRate(Data data, global::ModelGen.Training.LearningRateSearch search)
                {
                    _model.train();
                    try
                    {
                        for (var epoch = 1; epoch <= search.Steps; epoch++)
                        {
                            {{recipe.SearchStart}}
                            {
                                {{recipe.SearchStep}}
                            }
                        }
                    }
                    catch (global::ModelGen.Training.TrainingDivergedException) when (search.HasBegun)
                    {
                        // A loss that is no longer a number is where the curve ends.
                    }

                    return search.Complete();
                }

                {{recipe.Schedule}}
                /// <summary>Frees the optimizer and the scores; the network stays.</summary>
                public void Dispose()
                {
                    {{recipe.Dispose}}
                    _totals.Dispose();
                    {{evaluation.Dispose}}
                }

                /// <summary>Runs after each epoch, when its files are written. Implement it in a part of this class of your own.</summary>
                partial void OnEpochEnd(int epoch, global::ModelGen.Training.Scores trained, global::ModelGen.Training.Scores? tested);
            }
            """));
    }
}

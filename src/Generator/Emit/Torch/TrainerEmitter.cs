using System.Collections.Generic;
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
        return GeneratedFile.Of(spec, "Trainer", (null, ""), torchExtensions: true, writer => writer.Write($$"""
            /// <summary>Trains a <see cref="{{type}}"/> with {{plan.Loss.Keyword}} loss and SGD.</summary>
            public sealed class Trainer : global::System.IDisposable
            {
                private readonly {{type}} _model;
                private readonly Options _options;
                private readonly global::TorchSharp.Modules.SGD _optimizer;

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
                    _optimizer = global::TorchSharp.torch.optim.SGD({{OptimizerArguments(plan)}});
                }

                /// <summary>Where the network, its optimizer and the batches live.</summary>
                public global::TorchSharp.torch.Device Device { get; }

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
                        global::ModelGen.Torch.Weights.Save(_model, run.WeightsPath);
                    }

                    run.Complete();
                }

                /// <summary>Shows the network every image once, and takes a step after each batch.</summary>
                /// <returns>The mean loss and accuracy, each image judged before its own step.</returns>
                public global::ModelGen.Training.Scores TrainEpoch(Data data, int epoch, global::ModelGen.Training.EpochProgress? progress = null)
                {
                    _model.train();
                    using var totals = new global::ModelGen.Torch.ClassificationTotals(Device);
                    var batches = 0;
                    foreach (var batch in data.Shuffled(epoch))
                    {
                        using (batch)
                            Step(batch, totals);
                        batches++;
                        if (progress is { IsDue: true })
                            progress.Show(batches, totals.Read());
                    }

                    return totals.Read();
                }

                /// <summary>One optimisation step: forward, loss, backward, update.</summary>
                /// <param name="batch">The batch; it stays the caller's.</param>
                /// <param name="totals">Receives the batch's loss and accuracy, without waiting for the device.</param>
                public void Step(Batch batch, global::ModelGen.Torch.ClassificationTotals totals)
                {
                    _model.zero_grad();
                    using var output = _model.call(batch.Image);
                    using var loss = {{Loss(plan)}};
                    loss.backward();
                    _optimizer.step();
                    totals.Add(loss, output, batch.Label);
                }

                /// <summary>Judges the network on every image once, in eval mode and without gradients.</summary>
                public global::ModelGen.Training.Scores Evaluate(Data data)
                {
                    _model.eval();
                    using var noGradients = global::TorchSharp.torch.no_grad();
                    using var totals = new global::ModelGen.Torch.ClassificationTotals(Device);
                    foreach (var batch in data.InOrder())
                    {
                        using (batch)
                        {
                            using var output = _model.call(batch.Image);
                            using var loss = {{Loss(plan)}};
                            totals.Add(loss, output, batch.Label);
                        }
                    }

                    return totals.Read();
                }

                /// <summary>Frees the optimizer; the network stays.</summary>
                public void Dispose() => _optimizer.Dispose();
            }
            """));
    }

    private static string Loss(TrainingPlan plan) => $"global::TorchSharp.torch.nn.functional.{plan.Loss.TorchFunction}(output, batch.Label)";

    private static string OptimizerArguments(TrainingPlan plan)
    {
        var arguments = new List<string> { "_model.parameters()", "options.LearningRate" };
        if (plan.Momentum != 0)
            arguments.Add("momentum: " + CSharpLiteral.Of(plan.Momentum));
        if (plan.WeightDecay != 0)
            arguments.Add("weight_decay: " + CSharpLiteral.Of(plan.WeightDecay));
        return string.Join(", ", arguments);
    }
}

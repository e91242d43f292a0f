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
        var recipe = new RecipeWords(plan.Recipe, BackendWords.Torch);
        var evaluation = new EvaluationWords(plan, BackendWords.Torch);
        var (input, samples) = plan.Table is null ? ("Image", "image") : ("Features", "row");
        var loops = new TrainerLoops(plan, recipe, evaluation, BackendWords.Torch);
        return GeneratedFile.Of(spec, "Trainer", (null, ""), usings: ["TorchSharp"], writer =>
        {
            writer.Write($$"""
                /// <summary>Trains a <see cref="{{type}}"/> with {{plan.Recipe.Loss.Keyword}} loss and {{plan.Recipe.Optimizer.ClassName}}.</summary>
                public sealed partial class Trainer : global::System.IDisposable
                """);
            using (writer.Braces())
            {
                writer.Write($$"""
                    private readonly {{type}} _model;
                    private readonly Options _options;
                    {{recipe.Fields}}
                    private readonly global::ModelGen.Torch.{{plan.Task.Totals}} _totals;

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
                        _totals = new global::ModelGen.Torch.{{plan.Task.Totals}}({{plan.Task.TotalsArguments(plan, "Device", "classWeights: _classWeights")}});
                        {{evaluation.NewDetails}}
                    }

                    /// <summary>Where the network, its optimizer and the batches live.</summary>
                    public global::TorchSharp.torch.Device Device { get; }

                    /// <summary>The optimisation steps done.</summary>
                    public long StepCount => _optimizer.StepCount;

                    """);
                evaluation.WriteDetails(writer);
                loops.WriteFit(writer);
                writer.Line();
                recipe.WriteStepHead(writer);
                writer.Write($$"""
                    {
                        {{recipe.ZeroGradients}}
                        using var output = {{recipe.Call}}(batch.{{input}});
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
                        using var totals = new global::ModelGen.Torch.{{plan.Task.Totals}}({{plan.Task.TotalsArguments(plan, "Device", "classWeights: _classWeights")}});
                        {{evaluation.Start}}
                        foreach (var batch in data.InOrder())
                        {
                            using (batch)
                            {
                                using var output = {{recipe.Call}}(batch.{{input}});
                                using var loss = {{recipe.Loss}};
                                {{evaluation.Judge}}
                            }
                        }

                        return totals.Read(){{evaluation.More}};
                    }
                    """);
                writer.Line();
                loops.WriteFindLearningRate(writer);
                writer.Line();
                writer.Write($$"""
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
                    """);
            }
        });
    }
}

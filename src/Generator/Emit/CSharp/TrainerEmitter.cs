using System.Collections.Generic;
using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Emit.CSharp;

/// <summary>Writes the training loop around the training pass.</summary>
internal static class TrainerEmitter
{
    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, TrainingPlan plan, bool hasDropout)
    {
        var type = CSharpWord.EscapeType(graph.Name);
        var words = BackendWords.CSharp;
        var recipe = new RecipeWords(plan.Recipe, words, DataEmitter.Batch(plan));
        var evaluation = new EvaluationWords(plan, words);
        var loops = new TrainerLoops(plan, recipe, evaluation, words);
        var loss = new LossWords(graph, plan);
        var sample = plan.Table is null ? "image" : "row";
        IReadOnlyList<string?> keep = [loss.Keep];
        (IReadOnlyList<string?> Field, IReadOnlyList<string?> Construction, IReadOnlyList<string?> Room) outputs = loss.KeepsOutputs
            ? (
                [$"private float[] _outputs; // [N, {loss.Classes}]"],
                [$"_outputs = new float[options.BatchSize * {loss.Classes}];"],
                [
                    $"if (_outputs.Length < batch.Count * {loss.Classes})",
                    $"    _outputs = new float[batch.Count * {loss.Classes}];"
                ])
            : ([], [], []);
        return GeneratedFile.Of(spec, "Trainer", (null, ""), usings: KernelWords.Usings, writer =>
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
                    private readonly global::ModelGen.Cpu.Team _team;
                    private readonly TrainingPass _pass;
                    private readonly Workspace[] _workspaces;
                    private readonly global::ModelGen.Cpu.Mt19937 _random;
                    {{outputs.Field}}
                    {{recipe.Fields}}
                    private readonly {{loss.Totals}} _totals;

                    /// <summary>Makes the threads, the memory and the optimizer.</summary>
                    /// <param name="model">The network; it stays the caller's.</param>
                    /// <param name="options">The settings of the run.</param>
                    /// <exception cref="global::ModelGen.ModelGenException">The options name another device than the CPU.</exception>
                    public Trainer({{type}} model, Options options)
                    {
                        _model = model;
                        _options = options;
                        _team = global::ModelGen.Cpu.Processor.Team(options);
                        _random = new global::ModelGen.Cpu.Mt19937(options.Seed);
                        _pass = new TrainingPass(_model, options.BatchSize, _team{{(hasDropout ? ", _random" : "")}});
                        _workspaces = new Workspace[_team.Workers];
                        for (var worker = 0; worker < _workspaces.Length; worker++)
                            _workspaces[worker] = new Workspace(_model);
                        {{outputs.Construction}}
                        {{recipe.Construction}}
                        _totals = {{loss.NewTotals}};
                        {{evaluation.NewDetails}}
                    }

                    /// <summary>The threads that compute.</summary>
                    public int Workers => _team.Workers;

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
                        var loss = _pass.Run(batch, totals{{(plan.Recipe.Accumulate > 1 ? ", group.Size" : "")}});
                        global::ModelGen.Cpu.Divergence.Check(loss, _model, StepCount + 1);
                        {{recipe.Backward}}
                    }

                    /// <summary>Judges the network on every {{sample}} once, as one that no longer learns.</summary>
                    public global::ModelGen.Training.Scores Evaluate(Data data)
                    {
                        {{recipe.EvaluationStart}}
                        var totals = {{loss.NewTotals}};
                        {{evaluation.Start}}
                        foreach (var workspace in _workspaces)
                            workspace.Prepare();
                        foreach (var batch in data.InOrder())
                        {
                            {{outputs.Room}}
                            _team.Run(worker =>
                            {
                                var (first, end) = _team.Share(worker, batch.Count);
                                for (var n = first; n < end; n++)
                                {
                                    var output = _workspaces[worker].ForwardSample({{loss.Input("batch")}});
                                    {{loss.Right("batch")}}
                                    {{loss.Count("totals")}}
                                    {{keep}}
                                }
                            });
                            {{loss.Judged}}
                        }

                        return totals.Read(){{evaluation.More}};
                    }

                    """);
                loops.WriteFindLearningRate(writer);
                writer.Line();
                writer.Write($$"""
                    {{recipe.Schedule}}
                    /// <summary>Ends the threads.</summary>
                    public void Dispose()
                    {
                        {{recipe.Dispose}}
                    }

                    /// <summary>Runs after each epoch, when its files are written. Implement it in a part of this class of your own.</summary>
                    partial void OnEpochEnd(int epoch, global::ModelGen.Training.Scores trained, global::ModelGen.Training.Scores? tested);
                    """);
            }
        });
    }
}

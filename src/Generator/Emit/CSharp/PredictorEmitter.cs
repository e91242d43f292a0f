using System.Collections.Generic;
using ModelGen.Graph;
using ModelGen.Training;

namespace ModelGen.Emit.CSharp;

/// <summary>Writes what a trained network is used by: typed predictions, without allocating where the caller has the memory.</summary>
internal static class PredictorEmitter
{
    public static void Emit(CodeWriter writer, ModelGraph graph, TrainingPlan plan)
    {
        var type = CSharpWord.EscapeType(graph.Name);
        var loss = new LossWords(graph, plan);
        var (sample, values, element) = plan.Table is null ? ("image", "pixels", "byte") : ("row", "features", "float");
        var length = CSharpLiteral.Of(graph.Input.ElementCount);
        PredictionEmitter.Emit(writer, plan);
        writer.Write($$"""
            /// <summary>Says what {{sample}}s {{(plan.Table is null ? "show" : "come to")}}. Any number of threads may ask it at the same time: each is lent a workspace.</summary>
            public sealed class Predictor
            {
                private readonly {{type}} _model = new();
                private readonly global::System.Collections.Concurrent.ConcurrentBag<Workspace> _workspaces = [];

                /// <summary>Serves a network as it is; what it learns later is not seen, because the weights are copied.</summary>
                /// <param name="model">The network; it stays the caller's.</param>
                public Predictor({{type}} model)
                {
                    global::ModelGen.Cpu.Weights.Copy(model, _model);
                    _workspaces.Add(new Workspace(_model));
                }

                private Predictor(string weights, string? stripPrefix)
                {
                    global::ModelGen.Cpu.Weights.Load(_model, weights, stripPrefix);
                    _workspaces.Add(new Workspace(_model));
                }

                /// <summary>A predictor with the weights in a file.</summary>
                /// <param name="weights">A state_dict (<c>.pth</c>, <c>.safetensors</c>), or a checkpoint that a run left.</param>
                /// <param name="stripPrefix">What is taken off the beginning of the file's names, such as <c>module.</c>, or null for nothing.</param>
                /// <exception cref="global::ModelGen.ModelGenException">The file can't be read or is of another network.</exception>
                public static Predictor Load(string weights, string? stripPrefix = null) => new(weights, stripPrefix);

                /// <summary>Says what {{sample}}s in memory {{(plan.Table is null ? "show" : "come to")}}.</summary>
                /// <param name="{{values}}">{{graph.Input}}, row-major{{(plan.Table is null ? ", 0 to 255" : "")}}.</param>
                /// <returns>N predictions, in the order of the {{sample}}s.</returns>
                /// <exception cref="global::System.ArgumentException">The values are no whole number of {{sample}}s.</exception>
                public Prediction[] Predict(global::System.ReadOnlySpan<{{element}}> {{values}})
                {
                    var predictions = new Prediction[{{values}}.Length / {{length}}];
                    Predict({{values}}, predictions);
                    return predictions;
                }

                /// <summary>The same into memory of the caller's; nothing is allocated once there are as many workspaces as threads.</summary>
                /// <param name="{{values}}">{{graph.Input}}, row-major{{(plan.Table is null ? ", 0 to 255" : "")}}.</param>
                /// <param name="predictions">Is given N predictions, in the order of the {{sample}}s.</param>
                /// <exception cref="global::System.ArgumentException">The values are not as many {{sample}}s as there is room for predictions.</exception>
                public void Predict(global::System.ReadOnlySpan<{{element}}> {{values}}, global::System.Span<Prediction> predictions)
                {
                    if ({{values}}.Length != predictions.Length * {{length}})
                        throw new global::System.ArgumentException($"{predictions.Length} {{sample}}s have {predictions.Length * {{length}}} values, but {{{values}}.Length} are given.", nameof({{values}}));
                    if (!_workspaces.TryTake(out var workspace))
                        workspace = new Workspace(_model);
                    {{loss.Room}}
                    for (var n = 0; n < predictions.Length; n++)
                    {
                        var output = workspace.ForwardSample({{values}}.Slice(n * {{length}}, {{length}}));
                        {{loss.Answer}}
                    }

                    _workspaces.Add(workspace);
                }

                {{Files(plan, SourceWords.Resize(plan), length)}}
            }
            """);
    }

    private static IReadOnlyList<string> Files(TrainingPlan plan, string resize, string features) => plan.Table is null
        ?
        [
            "/// <summary>Says what image files show.</summary>",
            "/// <param name=\"paths\">JPEG, PNG, BMP or WebP files.</param>",
            "/// <returns>A prediction for each, in their order.</returns>",
            $"/// <exception cref=\"global::ModelGen.ModelGenException\">A file can't be read, is no image{(resize.Length > 0 ? "" : " or has another size")}; the message names the first such.</exception>",
            "public Prediction[] Predict(global::System.Collections.Generic.IReadOnlyList<string> paths) =>",
            $"    Predict(global::ModelGen.Data.ImageFiles.Read(paths, Data.ImageShape{resize}));",
        ]
        :
        [
            "/// <summary>Says what the rows of a file come to; it needs no more columns than the features.</summary>",
            "/// <param name=\"path\">A CSV file.</param>",
            "/// <returns>A prediction for each row, in their order.</returns>",
            "/// <exception cref=\"global::ModelGen.ModelGenException\">The file can't be read, or does not fit the network.</exception>",
            "public Prediction[] Predict(string path) =>",
            $"    Predict(global::ModelGen.Data.TableData.ReadFeatures(path, Data.Format, features: {features}));",
        ];
}

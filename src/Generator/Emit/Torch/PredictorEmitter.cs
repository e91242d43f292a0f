using System.Collections.Generic;
using ModelGen.Graph;
using ModelGen.Training;

namespace ModelGen.Emit.Torch;

/// <summary>Writes what a trained network is used by: typed predictions, of pixels and of image files.</summary>
internal static class PredictorEmitter
{
    public static void Emit(CodeWriter writer, ModelGraph graph, TrainingPlan plan)
    {
        if (plan.Table is { } table)
        {
            TablePredictorEmitter.Emit(writer, graph, plan, table);
            return;
        }

        var resize = SourceWords.Resize(plan);
        PredictionEmitter.Emit(writer, plan);
        writer.Write("""
            /// <summary>Says what images show. Any number of threads may ask it at the same time.</summary>
            public sealed class Predictor : global::System.IDisposable
            """);
        using (writer.Braces())
        {
            EmitOpening(writer, graph);
            writer.Line().Write($$"""
                /// <summary>Says what images in memory show.</summary>
                /// <param name="pixels">{{graph.Input}}, row-major, 0 to 255.</param>
                /// <returns>N predictions, in the order of the images.</returns>
                /// <exception cref="global::System.ArgumentException">The pixels are no whole number of images.</exception>
                public Prediction[] Predict(global::System.ReadOnlySpan<byte> pixels)
                {
                    var (count, rest) = global::System.Math.DivRem(pixels.Length, Data.ImageShape.Length);
                    if (rest > 0)
                        throw new global::System.ArgumentException($"An image has {Data.ImageShape.Length} values, but {pixels.Length} are no multiple of that.", nameof(pixels));
                    using var inference = global::TorchSharp.torch.inference_mode();
                    var predictions = new Prediction[count];
                    for (var first = 0; first < count; first += BatchSize)
                    {
                        var size = global::System.Math.Min(BatchSize, count - first);
                        using var bytes = global::ModelGen.Torch.BatchTensors.Pixels(pixels.Slice(first * Data.ImageShape.Length, size * Data.ImageShape.Length), Data.ImageShape, _device);
                        using var image = Data.ToImage(bytes);
                        using var output = _model.call(image);
                        {{Answers(plan)}}
                    }

                    return predictions;
                }

                /// <summary>Says what image files show.</summary>
                /// <param name="paths">JPEG, PNG, BMP or WebP files.</param>
                /// <returns>A prediction for each, in their order.</returns>
                /// <exception cref="global::ModelGen.ModelGenException">A file can't be read, is no image{{(resize.Length > 0 ? "" : " or has another size")}}; the message names the first such.</exception>
                public Prediction[] Predict(global::System.Collections.Generic.IReadOnlyList<string> paths) =>
                    Predict(global::ModelGen.Data.ImageFiles.Read(paths, Data.ImageShape{{resize}}));

                /// <summary>Frees the network.</summary>
                public void Dispose() => _model.Dispose();
                """);
        }
    }

    /// <summary>How every predictor begins: its fields, its constructor, and <c>Load</c>.</summary>
    public static void EmitOpening(CodeWriter writer, ModelGraph graph)
    {
        var type = CSharpWord.EscapeType(graph.Name);
        var fold = graph.FoldsBatchNorm ? "\n    global::ModelGen.Torch.BatchNorms.Fold(_model);" : "";
        var folded = graph.FoldsBatchNorm ? ": batch norms are folded into its convolutions, so that it can't be trained or saved any more" : "";
        writer.Write($$"""
            private const int BatchSize = 256;

            private readonly {{type}} _model;
            private readonly global::TorchSharp.torch.Device _device;

            /// <summary>Takes a network over, and moves it to a device.</summary>
            /// <param name="model">The network, from now on this predictor's{{folded}}.</param>
            /// <param name="device"><c>auto</c> (CUDA when present), <c>cpu</c>, <c>cuda</c> or <c>cuda:n</c>.</param>
            /// <exception cref="global::ModelGen.ModelGenException">The device is not there.</exception>
            public Predictor({{type}} model, string device = "auto")
            {
                _model = model;
                _device = global::ModelGen.Torch.TorchDevice.Select(device);
                _model.to(_device);
                _model.eval();{{fold}}
            }

            /// <summary>A predictor with the weights in a file.</summary>
            /// <param name="weights">A state_dict (<c>.pth</c>, <c>.safetensors</c>), or a checkpoint that a run left.</param>
            /// <param name="device">As in the constructor.</param>
            /// <param name="stripPrefix">What is taken off the beginning of the file's names, such as <c>module.</c>, or null for nothing.</param>
            /// <exception cref="global::ModelGen.ModelGenException">The file can't be read or is of another network, or the device is not there.</exception>
            public static Predictor Load(string weights, string device = "auto", string? stripPrefix = null)
            {
                var model = new {{type}}();
                try
                {
                    global::ModelGen.Torch.Weights.Load(model, weights, stripPrefix);
                    return new Predictor(model, device);
                }
                catch
                {
                    model.Dispose();
                    throw;
                }
            }
            """);
    }

    /// <summary>How a batch's output becomes predictions of classes.</summary>
    public static IReadOnlyList<string> Answers(TrainingPlan plan) =>
    [
        $"using var probabilities = {plan.Recipe.Loss.Probabilities};",
        "var (labels, confidences) = global::ModelGen.Torch.Classes.MostLikely(probabilities);",
        "for (var i = 0; i < size; i++)",
        $"    predictions[first + i] = new Prediction({(plan.ClassNames is null ? "" : "(Label)")}labels[i], confidences[i]);",
    ];
}

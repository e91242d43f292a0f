using System.Globalization;

namespace GeneratorBenchmarks;

/// <summary>What is compiled: the seed's network (11 layers, training and data; 36 KB of generated code) under many names, and a deep one.</summary>
internal static class Corpus
{
    public static string Json(string name, int filters = 32) => $$"""
        {
          "$schema": "./model.schema.json",
          "name": "{{name}}",
          "input": [3, 28, 28],
          "layers": [
            { "conv2d": 16, "kernel_size": 5, "padding": 2 }, "batch_norm2d", "relu", { "max_pool2d": 2 },
            { "conv2d": {{filters.ToString(CultureInfo.InvariantCulture)}}, "kernel_size": 5, "padding": 2 }, "batch_norm2d", "relu", { "max_pool2d": 2 },
            "flatten", { "linear": 10 }, "log_softmax"
          ],
          "training": { "loss": "nll", "optimizer": "sgd", "learning_rate": 0.01, "batch_size": 32, "epochs": 20 },
          "data": { "image_folder": {} } // where the folder is, is an option of the run
        }
        """;

    public static string Attributes(string name, int filters = 32) => $$"""
        using ModelGen;

        namespace Demo;

        /// <summary>The seed's network.</summary>
        [Model, Input(3, 28, 28)]
        [Conv2d(16, 5, Padding = 2), BatchNorm2d, ReLU, MaxPool2d(2)]
        [Conv2d({{filters.ToString(CultureInfo.InvariantCulture)}}, 5, Padding = 2), BatchNorm2d, ReLU, MaxPool2d(2)]
        [Flatten, Linear(10), LogSoftmax]
        [Training(Loss.Nll, Optimizer.Sgd, LearningRate = 0.01, BatchSize = 32, Epochs = 20)]
        [ImageFolder]
        public partial class {{name}};
        """;

    /// <summary>As deep as the deepest networks that are in use: 82 blocks of three layers and a head of four.</summary>
    public static string DeepJson { get; } = $$"""
        {
          "name": "Deep",
          "input": [3, 32, 32],
          "layers": [
            {{string.Join(",\n    ", Enumerable.Repeat("""{ "conv2d": 64, "kernel_size": 3, "padding": 1 }, "batch_norm2d", "relu" """, 82))}},
            { "adaptive_avg_pool2d": 1 }, "flatten", { "linear": 10 }, "log_softmax"
          ],
          "training": { "loss": "nll", "optimizer": "sgd", "learning_rate": 0.01, "batch_size": 32, "epochs": 20 },
          "data": { "image_folder": {} }
        }
        """;

    /// <summary>The zoo's spec, whose 152 layers with weights are three kinds of block in four repeats.</summary>
    public static string ResNet152 { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ResNet152.model.json"));

    /// <summary>C# that has nothing to do with any network.</summary>
    public static string Unrelated(int number, int value = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $"namespace Demo; public static class Unrelated{number} {{ public static int Twice(int value) => (2 * value) + {value}; }}");
}

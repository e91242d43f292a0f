namespace ModelGen.Tests;

/// <summary>The seed's network in both forms.</summary>
internal static class SeedSpecs
{
    public static (string Path, string Text) Attributes { get; } = ("ConvNet.cs", """
        using ModelGen;

        namespace Demo;

        /// <summary>The seed's network.</summary>
        [Model, Input(3, 28, 28)]
        [Conv2d(16, 5, Padding = 2), BatchNorm2d, ReLU, MaxPool2d(2)]
        [Conv2d(32, 5, Padding = 2), BatchNorm2d, ReLU, MaxPool2d(2)]
        [Flatten, Linear(10), LogSoftmax]
        [Training(Loss.Nll, Optimizer.Sgd, LearningRate = 0.01, BatchSize = 32, Epochs = 20)]
        [ImageFolder]
        public partial class ConvNet;
        """);

    public static (string Path, string Text) Json { get; } = ("ConvNet.model.json", """
        {
          "$schema": "./model.schema.json",
          "name": "ConvNet",
          "input": [3, 28, 28],
          "layers": [
            { "conv2d": 16, "kernel_size": 5, "padding": 2 }, "batch_norm2d", "relu", { "max_pool2d": 2 },
            { "conv2d": 32, "kernel_size": 5, "padding": 2 }, "batch_norm2d", "relu", { "max_pool2d": 2 },
            "flatten", { "linear": 10 }, "log_softmax"
          ],
          "training": { "loss": "nll", "optimizer": "sgd", "learning_rate": 0.01, "batch_size": 32, "epochs": 20 },
          "data": { "image_folder": {} } // where the folder is, is an option of the run
        }
        """);
}

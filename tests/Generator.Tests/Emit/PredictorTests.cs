using ModelGen.Torch;

namespace ModelGen.Tests.Emit;

/// <summary>A trained network answers in the words of its classes, in batches, and to many threads at a time.</summary>
[Collection("Torch")]
public sealed class PredictorTests : IDisposable
{
    private const string Spec = """
        {
          "name": "Net", "input": [1, 8, 8], "layers": ["flatten", { "linear": 4 }, "log_softmax"],
          "training": { "loss": "nll", "optimizer": "sgd" }, "data": { "image_folder": { "classes": ["7", "cat", "sports car", "Sports-Car"] } }
        }
        """;

    private const string Code = """
        using System.Linq;
        using System.Threading.Tasks;

        namespace Demo;

        /// <summary>Drives the generated predictor.</summary>
        public static class Driver
        {
            /// <summary>The classes and confidences of all images in one call.</summary>
            public static (string[] Labels, float[] Confidences) Predict(string weights, byte[] pixels)
            {
                using var predictor = Net.Predictor.Load(weights, "cpu");
                var predictions = predictor.Predict(pixels);
                return ([.. predictions.Select(prediction => prediction.Label.ToString())], [.. predictions.Select(prediction => prediction.Confidence)]);
            }

            /// <summary>Whether many threads get what one gets.</summary>
            public static bool AgreesWithThreads(string weights, byte[] pixels)
            {
                using var predictor = Net.Predictor.Load(weights, "cpu");
                var expected = predictor.Predict(pixels);
                var agrees = true;
                Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => agrees &= predictor.Predict(pixels).SequenceEqual(expected));
                return agrees;
            }

            /// <summary>The members of the enum of classes.</summary>
            public static string[] Classes => System.Enum.GetNames<Net.Label>();
        }
        """;

    private static readonly Lazy<System.Reflection.Assembly> Program = new(() => Compiled.From(("Net.model.json", Spec), ("Driver.cs", Code)).Load());

    private readonly TempFolder _folder = new();

    public PredictorTests()
    {
        LibTorch.Configure(threads: 0, seed: 3);
        using var model = (TorchSharp.torch.nn.Module)Activator.CreateInstance(Program.Value.GetType("Demo.Net")!)!;
        Weights.Save(model, _folder["model.pth"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_classes_are_an_enum() =>
        Assert.Equal(["_7", "Cat", "SportsCar", "SportsCar_2"], (string[])Driver.GetProperty("Classes")!.GetValue(null)!);

    [Fact]
    public void More_images_than_a_batch_are_answered_in_their_order()
    {
        var pixels = Pixels(600);
        var (labels, confidences) = Predict(pixels);

        Assert.Equal(600, labels.Length);
        Assert.All(confidences, confidence => Assert.InRange(confidence, 0.25f, 1f));
        foreach (var image in (int[])[0, 255, 256, 599])
        {
            var (label, confidence) = Predict(pixels[(image * 64)..((image + 1) * 64)]);
            Assert.Equal([labels[image]], label);
            Assert.Equal(confidences[image], Assert.Single(confidence), 1e-6);
        }

        Assert.True(labels.Distinct().Count() > 1);
    }

    [Fact]
    public void Many_threads_get_what_one_gets() => Assert.True((bool)Driver.GetMethod("AgreesWithThreads")!.Invoke(null, [_folder["model.pth"], Pixels(100)])!);

    [Fact]
    public void Half_an_image_is_refused()
    {
        var error = Assert.Throws<System.Reflection.TargetInvocationException>(() => Predict(new byte[96])).InnerException;

        Assert.StartsWith("An image has 64 values, but 96 are no multiple of that.", Assert.IsType<ArgumentException>(error).Message, StringComparison.Ordinal);
    }

    private static Type Driver => Program.Value.GetType("Demo.Driver")!;

    private static byte[] Pixels(int images)
    {
        var pixels = new byte[images * 64];
        new Random(1).NextBytes(pixels);
        return pixels;
    }

    private (string[] Labels, float[] Confidences) Predict(byte[] pixels) =>
        ((string[], float[]))Driver.GetMethod("Predict")!.Invoke(null, [_folder["model.pth"], pixels])!;
}

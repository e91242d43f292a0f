using ModelGen.Data;
using ModelGen.Reporting;
using ModelGen.Reporting.Report;
using ModelGen.Training;
using ModelGen.Training.Metrics;

namespace ModelGen.Tests.Reporting.Report;

/// <summary>What a run could have come to, made up by formulas: the same each time.</summary>
internal static class SampleReport
{
    /// <summary>A run with everything that a report can show.</summary>
    /// <param name="epochs">How many epochs.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="tested">Whether there is a test set.</param>
    public static ReportContent Of(int epochs, int classes, bool tested = true) => WithBest(new()
    {
        Model = "ConvNet",
        Data = "55,000 training and 10,000 test images of 3x28x28 in data/mnist",
        Summary = "Layer    Type          Output shape      Parameters  Multiply-adds\nconv1    conv2d        [N, 16, 28, 28]        1,216        940,800\nfc1      linear        [N, 10]               15,690         15,680\n",
        Diagram = new Diagram(
        [
            new("ConvNet",
            [
                new("input", "", "[N, 3, 28, 28]"),
                new("conv1", "conv2d", "[N, 16, 28, 28]", "input"),
                new("relu1", "relu", "[N, 16, 28, 28]", "conv1"),
                new("add1", "add", "[N, 16, 28, 28]", "relu1", "conv1"),
            ]),
        ]),
        Epochs = [.. Enumerable.Range(1, epochs).Select(epoch => Epoch(epoch, epochs, tested))],
        Classes = [.. Enumerable.Range(0, classes).Select(label => classes == 2 ? label == 0 ? "hot dog" : "something else" : $"{label}")],
        Confusion = tested ? Confusion(classes) : null,
        Mistakes = tested ? [.. Enumerable.Range(0, 24).Select(i => Mistake(i, classes))] : [],
        Settings = [("loss", "nll"), ("optimizer", "sgd"), ("learning rate", "0.01"), ("batch size", "32"), ("out", "runs/convnet")],
        Environment = [("device", "cpu"), ("threads", "2"), ("ModelGen", "1.0.0"), ("system", "Linux x64")],
    });

    private static ReportContent WithBest(ReportContent content) =>
        content with { BestEpoch = content.Epochs.Where(epoch => epoch.TestAccuracy is not null).MaxBy(epoch => epoch.TestAccuracy)?.Epoch };

    private static EpochMetrics Epoch(int epoch, int epochs, bool tested)
    {
        var wave = Math.Sin(epoch * 2.3) / Math.Sqrt(epoch + 3);
        return new EpochMetrics(
            epoch,
            (2.1 / (epoch + 0.4)) + 0.01,
            1 - (0.21 / (epoch + 0.2)),
            tested ? (1.2 / (epoch + 1)) + 0.045 + (wave * 0.04) : null,
            tested ? 0.988 - (0.11 / epoch) + (wave * 0.01) : null,
            6.25,
            8800)
        {
            LearningRate = 0.01 * (1 + Math.Cos(Math.PI * (epoch - 1) / epochs)) / 2,
            Waited = 0.012,
        };
    }

    private static ConfusionMatrix Confusion(int classes)
    {
        var counts = new long[classes, classes];
        for (var row = 0; row < classes; row++)
        {
            counts[row, row] = 960 + (row * 7 % 40);
            for (var i = 1; i <= 4; i++)
                counts[row, (row + (i * i)) % classes] += (row * 31 % 17) / i;
        }

        return new ConfusionMatrix(counts);
    }

    private static ReportMistake Mistake(int i, int classes)
    {
        var pixels = new byte[3 * 28 * 28];
        for (var at = 0; at < pixels.Length; at++)
        {
            var (x, y) = (at % 28, at / 28 % 28);
            pixels[at] = Math.Abs(Math.Sqrt(((x - 14) * (x - 14)) + ((y - 14) * (y - 14))) - 5 - (i % 5)) < 2 ? (byte)(255 - (at / 784 * 20)) : (byte)8;
        }

        var actual = i * 3 % classes;
        return new ReportMistake(pixels, new ImageShape(3, 28, 28), new Mistake(i * 37, actual, (actual + 1) % classes, 0.999 - (i * 0.011)));
    }
}

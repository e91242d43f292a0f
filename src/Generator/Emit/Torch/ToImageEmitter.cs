using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Training;

namespace ModelGen.Emit.Torch;

/// <summary>Writes how bytes become what the network takes: 0 to 1, or normalised by the spec's mean and std.</summary>
internal static class ToImageEmitter
{
    /// <summary>The values that a batch's images have, as its doc comment says it behind the type.</summary>
    public static string Range(TrainingPlan plan) =>
        plan.Mean is null ? "0 (black) to 1" : "normalised: " + Join(Ranges(plan));

    public static void Emit(CodeWriter writer, ModelGraph graph, TrainingPlan plan)
    {
        writer.Write(Summary(plan));
        writer.Write($"/// <param name=\"pixels\">{graph.Input}, uint8; they stay the caller's.</param>");
        if (plan.Mean is not null)
            writer.Write($"/// <returns>{graph.Input}, float32: {Join(Ranges(plan))}.</returns>");
        writer.Write("""
            public static global::TorchSharp.torch.Tensor ToImage(global::TorchSharp.torch.Tensor pixels)
            {
                using global::TorchSharp.Scalar white = 255f;
            """);
        var scales = Scales(plan);
        switch (scales.Distinct().Count())
        {
            case 0:
                writer.Write("    return pixels.to(global::TorchSharp.torch.float32).div_(white);\n}");
                break;
            case 1:
                writer.Write($$"""
                        using global::TorchSharp.Scalar mean = {{scales[0].Mean}};
                        using global::TorchSharp.Scalar std = {{scales[0].Std}};
                        return pixels.to(global::TorchSharp.torch.float32).div_(white).sub_(mean).div_(std);
                    }
                    """);
                break;
            default:
                EmitPerChannel(writer, scales);
                break;
        }
    }

    // Numbers and not tensors of them, which would have to be copied to the device, and that waits for all that is queued there.
    private static void EmitPerChannel(CodeWriter writer, IReadOnlyList<(string Mean, string Std)> scales)
    {
        writer.Write("    var image = pixels.to(global::TorchSharp.torch.float32).div_(white);");
        for (var channel = 0; channel < scales.Count; channel++)
            writer.Write($"    Normalize(image, channel: {CSharpLiteral.Of(channel)}, mean: {scales[channel].Mean}, std: {scales[channel].Std});");
        writer.Write("""
                return image;
            }

            private static void Normalize(global::TorchSharp.torch.Tensor image, long channel, float mean, float std)
            {
                using var values = image.select(1, channel);
                using global::TorchSharp.Scalar subtrahend = mean;
                using global::TorchSharp.Scalar divisor = std;
                values.sub_(subtrahend).div_(divisor);
            }
            """);
    }

    private static string Summary(TrainingPlan plan) => plan.Mean is null
        ? "/// <summary>Bytes as the network takes them: 0 to 255 becomes 0 to 1, as torchvision's ToTensor does it.</summary>"
        : """
            /// <summary>
            /// Bytes as the network takes them: 0 to 255 becomes 0 to 1, and that (x - mean) / std with the numbers of its channel, as torchvision's
            /// ToTensor and Normalize do it.
            /// </summary>
            """;

    private static IReadOnlyList<(string Mean, string Std)> Scales(TrainingPlan plan) =>
        [.. Pairs(plan).Select(pair => (CSharpLiteral.OfSingle(pair.Mean), CSharpLiteral.OfSingle(pair.Std)))];

    private static IReadOnlyList<string> Ranges(TrainingPlan plan) =>
        [.. Pairs(plan).Select(pair => $"{Text(0 - pair.Mean, pair.Std)} to {Text(1 - pair.Mean, pair.Std)}")];

    private static string Text(double difference, double std) => CSharpLiteral.Rounded(difference / std);

    private static IEnumerable<(double Mean, double Std)> Pairs(TrainingPlan plan) =>
        plan is { Mean: { } mean, Std: { } std } ? mean.Zip(std, (mean, std) => (mean, std)) : [];

    private static string Join(IReadOnlyList<string> ranges) => ranges.Distinct().Count() == 1
        ? ranges[0]
        : string.Join(", ", ranges.Select((range, channel) => $"{range} in channel {CSharpLiteral.Of(channel)}"));
}

using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class AvgPool3d() : AveragePooling(directions: 3)
{
    public override string Keyword => "avg_pool3d";

    public override string AttributeName => "AvgPool3d";

    public override string Doc => "The average under each window: [N, C, D, H, W] to [N, C, D', H', W'], where D' = floor((D + 2 padding - kernel_size) / stride) + 1, and H' and W' likewise; a window is no larger than the volume";

    public override TensorShape ExampleInput => TensorShape.Of(2, 5, 6, 7);

    public override Inference Infer(Settings settings, TensorShape input)
    {
        var inferred = base.Infer(settings, input);
        if (inferred.Shape is null)
            return inferred;
        var (kernel, volume) = (settings.Get(KernelSize), Size.Of(input[1], input[2], input[3]));
        return kernel.Max(volume) == volume ? inferred
            : Inference.Broken(
                Rules.SettingsExclude, KernelSize, $"kernel_size {kernel}",
                $"is larger than the volume {volume}, which PyTorch does not average even with padding") with
            {
                Fixes = [Fix.Of($"write kernel_size {kernel.Min(volume)}", new SetLayerSetting(KernelSize.Name, kernel.Min(volume).ToSpec()))],
            };
    }
}

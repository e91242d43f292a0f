using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>What pooling layers share: the channels stay, and the padding may not exceed half of the window.</summary>
internal static class Pool
{
    public static Inference Infer(Window window, TensorShape input, Parameter kernel, Parameter padding)
    {
        if (input.Rank != 4)
            return Inference.WrongRank("[N, C, H, W]");
        var most = new Size2(window.Kernel.Height / 2, window.Kernel.Width / 2);
        if (window.Padding.Max(most) == most)
        {
            var slid = window.Slide(input, input[0], kernel, padding);
            // Of one value there is nothing to pool: a smaller window would do nothing.
            return slid.Shape is null && input[1] == 1 && input[2] == 1 ? slid with { Fixes = [Fix.Of("remove it", new RemoveLayer(0))] } : slid;
        }

        return Inference.Broken(Rules.PaddingTooLarge, padding, window.Padding.ToString(), window.Kernel.ToString()) with
        {
            Fixes = [Fix.Of($"write padding {window.Padding.Min(most)}", new SetLayerSetting(0, padding.Name, window.Padding.Min(most).ToSpec()))],
        };
    }

    /// <summary>Rows or columns that no window reaches; rounding up reaches them.</summary>
    public static Inference? Remark(Window window, TensorShape input, Parameter stride, Parameter ceilMode) =>
        window.Remark(input, stride, Fix.Of($"set {ceilMode.Name}", new SetLayerSetting(0, ceilMode.Name, SpecValue.Of(true))));

    public static IEnumerable<string?> TorchArguments(Window window) =>
        [window.Torch(window.Kernel), .. window.TorchArguments(defaultStride: window.Kernel), window.CeilMode ? "ceil_mode: true" : null];
}

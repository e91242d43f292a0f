using System.Collections.Generic;
using System.Globalization;
using ModelGen.Diagnostics;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>What pooling layers share: the channels stay, and the padding may not exceed half of the window.</summary>
internal static class Pool
{
    public static Inference Infer(Window window, TensorShape input, Parameter kernel, Parameter padding)
    {
        if (input.Rank != 4)
            return Inference.WrongRank("[N, C, H, W]", input);
        if (window.Padding.Height > window.Kernel.Height / 2 || window.Padding.Width > window.Kernel.Width / 2)
        {
            return Inference.Broken(Rules.SizesDisagree, padding, string.Format(CultureInfo.InvariantCulture,
                "padding {0} is more than half of kernel_size {1}, so some windows would hold nothing of the image", window.Padding, window.Kernel));
        }

        return window.Slide(input, input[0], kernel);
    }

    public static IEnumerable<string?> TorchArguments(Window window) =>
        [window.Torch(window.Kernel), .. window.TorchArguments(defaultStride: window.Kernel), window.CeilMode ? "ceil_mode: true" : null];
}

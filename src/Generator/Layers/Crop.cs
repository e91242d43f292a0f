using System;
using System.Collections.Generic;
using System.Globalization;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Crop : TensorCall
{
    private static readonly Parameter<Size> Size = Parameter.Size("size", "The output's height and width", 1, positional: true);

    public override string Keyword => "crop";

    public override string AttributeName => "Crop";

    public override string Stem => "crop";

    public override string Doc => "The middle of an image, as torchvision's CenterCrop takes it: [N, C, H, W] to [N, C, H', W'], where [H', W'] = size";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Size];

    public override bool TakesAny => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (input.Rank != 4)
            return Inference.WrongRank("[N, C, H, W]");
        var size = settings.Get(Size);
        var own = Layers.Size.Of(input[1], input[2]);
        if (size.Max(own) == own)
            return input with { Sizes = EquatableArray<long>.Of([input[0], size[0], size[1]]) };
        return Inference.Broken(Rules.SettingsExclude, Size, $"size {size}", string.Format(
            CultureInfo.InvariantCulture, "is more than the image's {0} rows and {1} columns", input[1], input[2])) with
        {
            Fixes = [Fix.Of($"write size {size.Min(own)}", new SetLayerSetting(Size.Name, size.Min(own).ToSpec()))],
        };
    }

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (image, size) = (inputs[0], settings.Get(Size));
        return Kernel.OfImage(
            "Pad", KernelForm.Plain, image,
            [
                ("OutHeight", size[0]),
                ("OutWidth", size[1]),
                .. Kernel.Unless(0, ("Top", -Start(image[1], size[0])), ("Left", -Start(image[2], size[1])))
            ]) with
        {
            Activation = "ConstantPadding",
            Reads = KernelReads.Nothing,
        };
    }

    // Negative padding cuts both directions off in one call; two calls of narrow would leave a tensor between them.
    protected override string Call(Settings settings, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes)
    {
        var size = settings.Get(Size);
        var (top, left) = (Start(shapes[0][1], size[0]), Start(shapes[0][2], size[1]));
        var padding = Join([-left, left + size[1] - shapes[0][2], -top, top + size[0] - shapes[0][1]]);
        return $"global::TorchSharp.torch.nn.functional.pad({inputs[0]}, [{padding}])";
    }

    // torchvision rounds a half to the even number.
    private static long Start(long from, long to) => (long)Math.Round((from - to) / 2.0, MidpointRounding.ToEven);

    public override string Onnx(OnnxLayer layer)
    {
        var (top, left, size) = (Start(layer.Shape[1], layer.Output[1]), Start(layer.Shape[2], layer.Output[2]), layer.Get(Size));
        return layer.Add("Slice", layer.Input, layer.Integers(top, left), layer.Integers(top + size[0], left + size[1]), layer.Integers(2, 3));
    }
}

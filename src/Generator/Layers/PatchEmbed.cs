using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class PatchEmbed : LayerKind
{
    private static readonly Parameter<Size> PatchSize = Parameter.Size(
        "patch_size", "The size of a patch; divides the image's", 1, positional: true).Such(SpecValue.Of(4));
    private static readonly Parameter<long> EmbedDim = Parameter.Integer("embed_dim", "E, the features of each patch", 1, positional: true);
    private static readonly Parameter<long> InChannels = Parameter.Declared("in_channels", "The number of input channels, to have it checked");

    public override string Keyword => "patch_embed";

    public override string AttributeName => "PatchEmbed";

    public override string Stem => "patch_embed";

    public override string Doc => "Cuts an image into patches, maps each to features by one convolution, and puts them behind each other, row by row: [N, C, H, W] to [N, L, embed_dim], where L = (H / patch_size) (W / patch_size)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [PatchSize, EmbedDim, InChannels];

    public override Parameter<long> Width => EmbedDim;

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (input.Rank != 4)
            return Inference.WrongRank("[N, C, H, W]");
        if (Inference.Declared(settings, InChannels, input[0]) is { } differs)
            return differs;
        var patch = settings.Get(PatchSize);
        var (height, width) = (input[1], input[2]);
        if (height % patch[0] == 0 && width % patch[1] == 0)
            return TensorShape.Of(checked(height / patch[0] * (width / patch[1])), settings.Get(EmbedDim));
        var direction = height % patch[0] == 0 ? 1 : 0;
        var fitting = new Size(EquatableArray<long>.Of([Divisor(patch[0], height), Divisor(patch[1], width)]));
        return Inference.Broken(Rules.NotDivisible, PatchSize, string.Format(
            CultureInfo.InvariantCulture, "patch_size {0} does not divide its {1} {2}", patch[direction], input[direction + 1], direction == 0 ? "rows" : "columns")) with
        {
            Fixes = [Fix.Of($"write patch_size {fitting}", new SetLayerSetting(PatchSize.Name, fitting.ToSpec()))],
        };
    }

    public override long CountParameters(Settings settings, TensorShape input) => checked(Weights(settings, input) + settings.Get(EmbedDim));

    public override long CountMultiplyAdds(Settings settings, TensorShape input, TensorShape output) => checked(Weights(settings, input) * output[0]);

    public override Window? Window(Settings settings)
    {
        var patch = settings.Get(PatchSize);
        return new Window(patch, patch, Size.Uniform(0, 2), Size.Uniform(1, 2));
    }

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        // The convolution's output has its channels last: it is the sequence already.
        var (image, patch) = (inputs[0], settings.Get(PatchSize));
        var patches = TensorShape.Of(output[1], image[1] / patch[0], image[2] / patch[1]);
        return new Kernel("Conv2d", KernelForm.Samples, [.. Window(settings)!.Value.OfConvolution(image, patches)])
        {
            SharesWeights = true,
            TakesFollowers = true,
            Parameters = Kernel.WeightAndBias([output[1], image[0], patch[0], patch[1]], hasBias: true),
        };
    }

    public override string TorchType => "global::TorchSharp.Modules.Conv2d";

    public override string TorchFactory => "global::TorchSharp.torch.nn.Conv2d";

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        Argument.Of("in_channels", input[0]),
        Argument.Of("out_channels", settings.Get(EmbedDim)),
        Argument.Of("kernel_size", settings.Get(PatchSize)),
        Argument.Named("stride", settings.Get(PatchSize), Size.Uniform(1, 2)),
    ];

    public override string TorchCall(Settings settings, string module, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        $"global::ModelGen.Torch.Sequences.OfPatches({module}, {inputs[0]})";

    private static long Weights(Settings settings, TensorShape input) =>
        checked(settings.Get(EmbedDim) * input[0] * settings.Get(PatchSize)[0] * settings.Get(PatchSize)[1]);

    private static long Divisor(long patch, long size) => size % patch == 0 ? patch : CommonDivisor.Below(patch, size, size);

    public override string Onnx(OnnxLayer layer)
    {
        var patch = layer.Get(PatchSize).Values.ToArray();
        var patches = layer.Add("Conv", [layer.Input, layer.Weight("weight"), layer.Weight("bias")], ("kernel_shape", patch), ("strides", patch));
        return layer.Add("Transpose", [layer.Reshaped(patches, layer.Output[1], layer.Output[0])], ("perm", new long[] { 0, 2, 1 }));
    }
}

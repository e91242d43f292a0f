using System.Collections.Generic;
using System.Globalization;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Conv2d : LayerKind
{
    private static readonly Parameter<long> OutChannels = Parameter.Integer("out_channels", "The number of filters, which is the number of output channels", 1, positional: true);
    private static readonly Parameter<Size2> KernelSize = Parameter.Size("kernel_size", "The filter's size", 1, positional: true);
    private static readonly Parameter<long> InChannels = Parameter.Declared("in_channels", "The number of input channels, to have it checked");
    private static readonly Parameter<Size2> Stride = Parameter.Size("stride", "The step from one place of the filter to the next", 1, 1);
    private static readonly Parameter<Size2> Padding = Parameter.Size("padding", "Zeros added on every side of the image", 0, 0);
    private static readonly Parameter<Size2> Dilation = Parameter.Size("dilation", "The distance between neighbouring values under the filter", 1, 1);
    private static readonly Parameter<long> Groups = Parameter.Integer("groups", "Splits the channels into groups that don't see each other; divides the input's and the output's channels", 1, 1);
    private static readonly Parameter<bool> Bias = Parameter.Flag("bias", "Adds a trained value to each output channel", true);

    public override string Keyword => "conv2d";

    public override string AttributeName => "Conv2d";

    public override string Stem => "conv";

    public override string Doc => "Convolution over an image: [N, C, H, W] to [N, out_channels, H', W'], where H' = floor((H + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, and W' likewise";

    public override IReadOnlyList<Parameter> Parameters { get; } = [OutChannels, KernelSize, InChannels, Stride, Padding, Dilation, Groups, Bias];

    public override Parameter<long> Width => OutChannels;

    public override Parameter<bool> BiasSwitch => Bias;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (input.Rank != 4)
            return Inference.WrongRank("[N, C, H, W]");
        if (Inference.Declared(settings, InChannels, input[0]) is { } differs)
            return differs;
        var (groups, channels) = (settings.Get(Groups), settings.Get(OutChannels));
        if (input[0] % groups != 0)
            return Indivisible(groups, "input", input[0], channels);
        if (channels % groups != 0)
            return Indivisible(groups, "output", channels, input[0]);
        return WindowOf(settings).Slide(input, channels, KernelSize, Padding);
    }

    public override Inference? Remark(Settings settings, TensorShape input) => WindowOf(settings).Remark(input, Stride);

    public override long CountParameters(Settings settings, TensorShape input) =>
        checked(Weights(settings, input) + (settings.Get(Bias) ? settings.Get(OutChannels) : 0));

    public override long CountMultiplyAdds(Settings settings, TensorShape input, TensorShape output) =>
        checked(Weights(settings, input) * output[1] * output[2]);

    public override IEnumerable<string?> TorchArguments(Settings settings, TensorShape input)
    {
        var window = WindowOf(settings);
        return
        [
            CSharpLiteral.Of(input[0]),
            CSharpLiteral.Of(settings.Get(OutChannels)),
            window.Torch(window.Kernel),
            .. window.TorchArguments(defaultStride: Window.One),
            settings.Get(Groups) == 1 ? null : "groups: " + CSharpLiteral.Of(settings.Get(Groups)),
            settings.Get(Bias) ? null : "bias: false",
        ];
    }

    private static Window WindowOf(Settings settings) => new(settings.Get(KernelSize), settings.Get(Stride), settings.Get(Padding), settings.Get(Dilation));

    private static long Weights(Settings settings, TensorShape input)
    {
        var kernel = settings.Get(KernelSize);
        return checked(settings.Get(OutChannels) * (input[0] / settings.Get(Groups)) * kernel.Height * kernel.Width);
    }

    private static Inference Indivisible(long groups, string side, long channels, long others)
    {
        var divisor = CommonDivisor.Below(groups, channels, others);
        return Inference.Broken(Rules.NotDivisible, Groups, string.Format(
            CultureInfo.InvariantCulture, "groups {0} does not divide the {1} {2} channels, {1} = {3} * {0} + {4}", groups, channels, side, channels / groups, channels % groups)) with
        {
            Fixes =
            [
                divisor == 1
                    ? Fix.Of("remove groups", new SetLayerSetting(0, Groups.Name, null))
                    : Fix.Of("write groups " + CSharpLiteral.Of(divisor), new SetLayerSetting(0, Groups.Name, SpecValue.Of(divisor))),
            ],
        };
    }
}

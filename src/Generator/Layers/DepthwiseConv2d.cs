using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class DepthwiseConv2d : Convolution
{
    private static readonly Parameter<long> Multiplier = Parameter.Integer("multiplier", "The number of filters over each channel", 1, 1);

    public DepthwiseConv2d()
        : base(directions: 2) => Parameters = [.. base.Parameters.Where(parameter => parameter.Name is not ("out_channels" or "groups")), Multiplier];

    public override string Keyword => "depthwise_conv2d";

    public override string AttributeName => "DepthwiseConv2d";

    public override string Doc => "Convolution over each channel by itself, a Conv2d of as many groups as channels: [N, C, H, W] to [N, C multiplier, H', W'], where H' = floor((H + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, and W' likewise";

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override Parameter<long>? Width => null;

    public override string TorchType => "global::TorchSharp.Modules.Conv2d";

    public override string TorchFactory => "global::TorchSharp.torch.nn.Conv2d";

    protected override long OutChannelsOf(Settings settings, TensorShape input) => checked(input[0] * settings.Get(Multiplier));

    protected override long GroupsOf(Settings settings, TensorShape input) => input[0];
}

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class GroupNorm : LayerKind
{
    private static readonly Parameter<long> NumGroups =
        Parameter.Integer("num_groups", "The number of groups, which divides the channels", 1, positional: true).Such(SpecValue.Of(2));

    private static readonly Parameter<long> NumChannels = Parameter.Declared("num_channels", "The number of channels, to have it checked");
    private static readonly Parameter<double> Eps = Parameter.Real("eps", "Added to the variance before the square root", 0, 1e-5);
    private static readonly Parameter<bool> Affine = Parameter.Flag("affine", "Scales and shifts each channel by trained values", true);

    public override string Keyword => "group_norm";

    public override string AttributeName => "GroupNorm";

    public override string Stem => "gn";

    public override string Doc => "Group normalisation, of neighbouring channels of each sample together: [N, C, …] to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; } = [NumGroups, NumChannels, Eps, Affine];

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (input.Rank < 2)
            return Inference.WrongRank("[N, C, …]");
        var (groups, channels) = (settings.Get(NumGroups), input[0]);
        return Inference.Declared(settings, NumChannels, channels) ?? (channels % groups == 0 ? input : Indivisible(groups, channels));
    }

    public override long CountParameters(Settings settings, TensorShape input) => settings.Get(Affine) ? checked(2 * input[0]) : 0;

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        if (inputs[0].Rank is not (2 or 4))
            return null;
        var eps = settings.Get(Eps) == Eps.Value ? Enumerable.Empty<(string, object)>() : [("Epsilon", settings.Get(Eps))];
        return Kernel.GroupNorm(inputs[0], settings.Get(NumGroups), settings.Get(Affine), eps);
    }

    public override string TorchType => "global::ModelGen.Torch.GroupNorm";

    public override string TorchFactory => "new " + TorchType;

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        Argument.Of("num_groups", settings.Get(NumGroups)),
        Argument.Of("num_channels", input[0]),
        Argument.Named("eps", Eps, settings),
        Argument.Named("affine", Affine, settings),
    ];

    private static Inference Indivisible(long groups, long channels)
    {
        var divisor = CommonDivisor.Below(groups, channels, channels);
        var why = string.Format(
            CultureInfo.InvariantCulture, "num_groups {0} does not divide the {1} channels, {1} = {2} * {0} + {3}",
            groups, channels, channels / groups, channels % groups);
        return Inference.Broken(Rules.NotDivisible, NumGroups, why) with
        {
            Fixes = [Fix.Of("write num_groups " + CSharpLiteral.Of(divisor), new SetLayerSetting(NumGroups.Name, SpecValue.Of(divisor)))],
        };
    }

    public override string Onnx(OnnxLayer layer)
    {
        // A group is normalised as a channel of an instance norm is; it takes a dimension behind the channels.
        var (groups, shape) = (layer.Get(NumGroups), layer.Shape);
        var split = layer.Reshaped(layer.Input, groups, shape.ElementCount / groups);
        var normal = layer.Add(
            "InstanceNormalization",
            [split, layer.Constant("Filled", 1.0, groups), layer.Constant("Filled", 0.0, groups)],
            ("epsilon", layer.Get(Eps)));
        var joined = layer.Reshaped(normal, [.. shape.Sizes]);
        return !layer.Get(Affine) ? joined
            : layer.Add("Add", layer.Add("Mul", joined, layer.OfChannels(layer.Weight("weight"))), layer.OfChannels(layer.Weight("bias")));
    }
}

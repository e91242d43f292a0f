using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>Batch normalisation over each channel, of signals, images or volumes.</summary>
internal abstract class BatchNormalisation() : ChannelNormalisation(affine: true, trackRunningStats: true)
{
    public override string Stem => "bn";

    public override bool OutputMayBeOverwritten => true;

    public override bool IsBatchNorm => true;

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var input = inputs[0];
        if (input.Rank is not (2 or 4) || !TracksRunningStats(settings))
            return null;
        IEnumerable<(string, object)> sides = input.Rank == 4 ? [("Height", input[1]), ("Width", input[2])] : [];
        return new Kernel("BatchNorm", KernelForm.BatchNorm, [.. sides, ("Channels", input[0]), .. Settled(settings)])
        {
            Parameters =
            [
                new("weight", [input[0]], "Constant({0}, 1)") { IsThere = IsAffine(settings) },
                new("bias", [input[0]], "Constant({0}, 0)") { IsThere = IsAffine(settings) },
                new("running_mean", [input[0]], "Constant({0}, 0)", IsTrained: false),
                new("running_var", [input[0]], "Constant({0}, 1)", IsTrained: false),
            ],
        };
    }

    public override string Onnx(OnnxLayer layer)
    {
        if (TracksRunningStats(layer.Settings))
            return OnnxByRunningStats(layer);
        var axes = layer.Integers([0, .. Enumerable.Range(2, layer.Shape.Rank - 2).Select(axis => (long)axis)]);
        var deviation = layer.Add("Sub", layer.Input, layer.Add("ReduceMean", layer.Input, axes));
        var variance = layer.Add("ReduceMean", layer.Add("Mul", deviation, deviation), axes);
        var normal = layer.Add("Div", deviation, layer.Add("Sqrt", layer.Add("Add", variance, layer.Number(OnnxEpsilon(layer)))));
        return !IsAffine(layer.Settings) ? normal
            : layer.Add("Add", layer.Add("Mul", normal, layer.OfChannels(layer.Weight("weight"))), layer.OfChannels(layer.Weight("bias")));
    }
}

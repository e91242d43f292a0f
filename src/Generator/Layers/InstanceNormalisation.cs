using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>Normalisation of each channel of each sample by its own mean and variance.</summary>
internal abstract class InstanceNormalisation(int directions) : ChannelNormalisation(affine: false, trackRunningStats: false)
{
    public override string Stem => "in";

    public override string Doc => $"Instance normalisation, of each channel of each sample by itself: {Layers.Window.Taken(directions)} to the same shape";

    protected override (bool IsTaken, string Taken) Takes(int rank) => (rank == directions + 2, Layers.Window.Taken(directions));

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (base.Infer(settings, input) is var inferred && inferred.Shape is null || input.ElementCount != input[0])
            return inferred;

        // PyTorch refuses it in training; TorchSharp gives zeros.
        return Inference.Broken(Rules.SizeBelowOne, null, "values but zeros", "the mean of one value per channel is that value itself") with
        {
            Fixes = [Fix.Of("remove it", new RemoveLayer(default))],
        };
    }

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) => directions == 2 && !TracksRunningStats(settings)
        ? Kernel.GroupNorm(inputs[0], inputs[0][0], IsAffine(settings), Settled(settings).Where(constant => constant.Name == "Epsilon"))
        : null;

    public override string Onnx(OnnxLayer layer)
    {
        if (TracksRunningStats(layer.Settings))
            return OnnxByRunningStats(layer);
        var (scale, shift) = OnnxAffine(layer);
        return layer.Add("InstanceNormalization", [layer.Input, scale, shift], ("epsilon", OnnxEpsilon(layer)));
    }
}

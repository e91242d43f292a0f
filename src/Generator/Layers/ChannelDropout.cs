using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>Dropout of whole channels of signals or images: neighbouring values are so alike that those around a dropped one would tell it.</summary>
internal abstract class ChannelDropout : LayerKind
{
    private readonly int _directions;
    private readonly Parameter<double> _p = Parameter.Real("p", "The probability of a channel to be dropped", 0, 0.5, max: 1, positional: true);

    protected ChannelDropout(int directions)
    {
        _directions = directions;
        Parameters = [_p];
    }

    public override string Stem => "dropout";

    public override string Doc =>
        $"In training, sets each channel of each sample to zero with probability p and scales the rest by 1 / (1 - p): "
        + $"{Layers.Window.Taken(_directions)} to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override bool IsDropout => true;

    // PyTorch takes fewer dimensions too, but guesses what they are, and TorchSharp guesses otherwise.
    public override Inference Infer(Settings settings, TensorShape input) =>
        input.Rank == _directions + 2 ? input : Inference.WrongRank(Layers.Window.Taken(_directions));

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var around = MemoryOrder.Around(output, 0).Where(constant => constant.Name == "Inner");
        return new Kernel("ChannelDropout", KernelForm.Dropout, [("Length", output.ElementCount), ("Probability", settings.Get(_p)), ("Channels", output[0]), .. around]);
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
        [Argument.Of("p", settings.Get(_p), isDefault: !settings.Has(_p))];

    public override string Onnx(OnnxLayer layer) => layer.Input;
}

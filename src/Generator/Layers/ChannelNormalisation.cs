using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>What batch and instance normalisation share: each channel has its mean, its variance and its scale.</summary>
internal abstract class ChannelNormalisation : LayerKind
{
    private readonly Parameter<long> _numFeatures = Parameter.Declared("num_features", "The number of channels, to have it checked");
    private readonly Parameter<double> _eps = Parameter.Real("eps", "Added to the variance before the square root", 0, 1e-5);

    private readonly Parameter<double> _momentum =
        Parameter.Real("momentum", "The share of the newest batch in the running mean and variance", 0, 0.1, max: 1);

    private readonly Parameter<bool> _affine;
    private readonly Parameter<bool> _trackRunningStats;

    protected ChannelNormalisation(bool affine, bool trackRunningStats)
    {
        _affine = Parameter.Flag("affine", "Scales and shifts each channel by trained values", affine);
        _trackRunningStats = Parameter.Flag(
            "track_running_stats",
            "Keeps a running mean and variance and uses them in evaluation, where otherwise the input's own are used as in training",
            trackRunningStats);
        Parameters = [_numFeatures, _eps, _momentum, _affine, _trackRunningStats];
    }

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override int StateVersion => 2;

    /// <summary>Whether it keeps a running mean and variance.</summary>
    protected bool TracksRunningStats(Settings settings) => settings.Get(_trackRunningStats);

    protected bool IsAffine(Settings settings) => settings.Get(_affine);

    /// <summary>Plain C#: the constants that differ from PyTorch's defaults.</summary>
    protected IEnumerable<(string Name, object Value)> Settled(Settings settings)
    {
        if (settings.Get(_eps) != _eps.Value)
            yield return ("Epsilon", settings.Get(_eps));
        if (settings.Get(_momentum) != _momentum.Value)
            yield return ("Momentum", settings.Get(_momentum));
    }

    /// <summary>Whether an input of this rank is taken, and what is said of another one.</summary>
    protected abstract (bool IsTaken, string Taken) Takes(int rank);

    public override Inference Infer(Settings settings, TensorShape input)
    {
        var (isTaken, taken) = Takes(input.Rank);
        return isTaken ? Inference.Declared(settings, _numFeatures, input[0]) ?? input : Inference.WrongRank(taken);
    }

    public override long CountParameters(Settings settings, TensorShape input) => settings.Get(_affine) ? checked(2 * input[0]) : 0;

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        Argument.Of("features", input[0]),
        Argument.Named("eps", _eps, settings),
        Argument.Named("momentum", _momentum, settings),
        Argument.Named("affine", _affine, settings),
        Argument.Named("track_running_stats", _trackRunningStats, settings),
    ];

    /// <summary>ONNX: the scale and the shift of each channel, ones and zeros where it trains none.</summary>
    protected (string Scale, string Shift) OnnxAffine(OnnxLayer layer) => IsAffine(layer.Settings)
        ? (layer.Weight("weight"), layer.Weight("bias"))
        : (layer.Constant("Filled", 1.0, layer.Shape[0]), layer.Constant("Filled", 0.0, layer.Shape[0]));

    /// <summary>ONNX: by the running statistics.</summary>
    protected string OnnxByRunningStats(OnnxLayer layer)
    {
        var (scale, shift) = OnnxAffine(layer);
        return layer.Add("BatchNormalization", [layer.Input, scale, shift, layer.Weight("running_mean"), layer.Weight("running_var")], ("epsilon", layer.Get(_eps)));
    }

    /// <summary>ONNX: by the statistics of what flows in.</summary>
    protected double OnnxEpsilon(OnnxLayer layer) => layer.Get(_eps);
}

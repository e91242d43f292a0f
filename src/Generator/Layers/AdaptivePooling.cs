using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>What pools share whose output has a size of its own, whatever the input's is.</summary>
internal abstract class AdaptivePooling : LayerKind
{
    private readonly int _directions;

    protected AdaptivePooling(int directions)
    {
        _directions = directions;
        OutputSize = Parameter.Size(
            "output_size", directions == 1 ? "The output's length" : "The output's height and width",
            1, positional: true, directions: directions);
        Parameters = [OutputSize];
    }

    public override string Stem => "pool";

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override bool SeesAll => true;

    protected Parameter<Size> OutputSize { get; }

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input) => input.Rank == _directions + 2
        ? TensorShape.Of([input[0], .. settings.Get(OutputSize).Values])
        : Inference.WrongRank(Layers.Window.Taken(_directions));

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("output_size", settings.Get(OutputSize))];

    /// <summary>ONNX: the largest values; a window that is shorter than others has a place twice.</summary>
    public override string Onnx(OnnxLayer layer)
    {
        var value = layer.Input;
        for (var i = 0; i < _directions; i++)
        {
            var (from, to) = (layer.Shape[i + 1], layer.Get(OutputSize)[i]);
            if (from == to)
                continue;
            var windows = Enumerable.Range(0, (int)to).Select(place => (First: place * from / to, Last: (((place + 1) * from) + to - 1) / to - 1)).ToArray();
            var width = windows.Max(window => window.Last - window.First + 1);
            var places = windows.SelectMany(window => Enumerable.Range(0, (int)width).Select(place => Math.Min(window.First + place, window.Last)));
            var gathered = layer.Add("Gather", [value, layer.Integers([.. places], [to, width])], ("axis", i + 2L));
            value = layer.Add("ReduceMax", [gathered, layer.Integers(i + 3)], ("keepdims", 0L));
        }

        return value == layer.Input ? layer.Add("Identity", value) : value;
    }

    /// <summary>ONNX: the averages. Where the output divides the input, all windows are of one size; else they are a product with a matrix along each direction.</summary>
    public static string OnnxAverage(OnnxLayer layer, Size output)
    {
        var (shape, directions) = (layer.Shape, output.Directions);
        if (output.IsAll(1))
            return layer.Add("GlobalAveragePool", layer.Input);
        if (Enumerable.Range(0, directions).All(i => shape[i + 1] % output[i] == 0))
        {
            var window = Enumerable.Range(0, directions).Select(i => shape[i + 1] / output[i]).ToArray();
            return layer.Add("AveragePool", [layer.Input], ("kernel_shape", window), ("strides", window));
        }

        var last = layer.Add("MatMul", layer.Input, layer.Constant("Averages", shape[directions], output[directions - 1], false));
        return directions == 1 ? last : layer.Add("MatMul", layer.Constant("Averages", shape[1], output[0], true), last);
    }
}

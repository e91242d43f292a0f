using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>What transposed convolutions share: each value of the input is multiplied with the whole filter, and where the products overlap they are added.</summary>
internal abstract class TransposedConvolution : LayerKind
{
    private static readonly string[][] Lines = [["values"], ["rows", "columns"]];

    private readonly int _directions;
    private readonly Parameter<long> _outChannels = Parameter.Integer("out_channels", "The number of output channels", 1, positional: true);
    private readonly Parameter<Size> _kernelSize;
    private readonly Parameter<long> _inChannels = Parameter.Declared("in_channels", "The number of input channels, to have it checked");
    private readonly Parameter<Size> _stride;
    private readonly Parameter<Size> _padding;
    private readonly Parameter<Size> _outputPadding;
    private readonly Parameter<Size> _dilation;
    private readonly Parameter<long> _groups = Parameter.Integer(
        "groups", "Splits the channels into groups that don't see each other; divides the input's and the output's channels", 1, 1);
    private readonly Parameter<bool> _bias = Parameter.Flag("bias", "Adds a trained value to each output channel", true);

    protected TransposedConvolution(int directions)
    {
        _directions = directions;
        _kernelSize = Parameter.Size("kernel_size", "The filter's size", 1, positional: true, directions: directions);
        _stride = Parameter.Size("stride", "The step in the output from one value of the input to the next", 1, 1, directions: directions);
        _padding = Parameter.Size("padding", "Values taken off on every side of the output", 0, 0, directions: directions);
        _outputPadding = Parameter.Size(
            "output_padding", "Values added at the output's end, of which there are fewer than stride or dilation", 0, 0, directions: directions);
        _dilation = Parameter.Size("dilation", "The distance between neighbouring values under the filter", 1, 1, directions: directions);
        Parameters = [_outChannels, _kernelSize, _inChannels, _stride, _padding, _outputPadding, _dilation, _groups, _bias];
    }

    public override string Stem => "conv_transpose";

    public override bool IsOnlyItsOutput => true;

    public override bool OutputMayBeOverwritten => true;

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override Parameter<long> Width => _outChannels;

    public override Parameter<bool> BiasSwitch => _bias;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (input.Rank != _directions + 2)
            return Inference.WrongRank(Layers.Window.Taken(_directions));
        if (Inference.Declared(settings, _inChannels, input[0]) is { } differs)
            return differs;
        if (ChannelGroups.Check(_groups, settings.Get(_groups), input[0], settings.Get(_outChannels)) is { } indivisible)
            return indivisible;
        var (stride, dilation, added) = (settings.Get(_stride), settings.Get(_dilation), settings.Get(_outputPadding));
        var most = Sizes(i => Math.Max(stride[i], dilation[i]) - 1);
        if (added.Max(most) != most)
        {
            return Inference.Broken(Rules.SettingsExclude, _outputPadding, $"output_padding {added}", $"is as large as stride {stride} and dilation {dilation}") with
            {
                Fixes = [Write(_outputPadding, added.Min(most))],
            };
        }

        // What there is before the padding takes from it.
        var whole = Sizes(i => checked(((input[i + 1] - 1) * stride[i]) + (dilation[i] * (settings.Get(_kernelSize)[i] - 1)) + added[i] + 1));
        var padding = settings.Get(_padding);
        var places = Sizes(i => checked(whole[i] - (2 * padding[i])));
        var narrow = Array.FindIndex([.. places.Values], size => size < 1);
        if (narrow < 0)
            return TensorShape.Of([settings.Get(_outChannels), .. places.Values]);
        var why = string.Format(
            CultureInfo.InvariantCulture, "({0} - 1) * {1} - 2 * {2} + {3} * ({4} - 1) + {5} + 1 = {6}",
            input[narrow + 1], stride[narrow], padding[narrow], dilation[narrow], settings.Get(_kernelSize)[narrow], added[narrow], places[narrow]);
        return Inference.Broken(Rules.SizeBelowOne, _padding, Lines[_directions - 1][narrow], why) with
        {
            Fixes = [Write(_padding, padding.Min(Sizes(i => (whole[i] - 1) / 2)))],
        };
    }

    /// <summary>The largest of the sizes that a convolution of the same stride makes this input of.</summary>
    public override IEnumerable<SetLayerSetting> Resizes(Settings settings, bool[] differs)
    {
        var (stride, dilation, added) = (settings.Get(_stride), settings.Get(_dilation), settings.Get(_outputPadding));
        var most = Sizes(i => differs[i] ? Math.Max(stride[i], dilation[i]) - 1 : added[i]);
        if (most != added)
            yield return new SetLayerSetting(_outputPadding.Name, most.ToSpec());
    }

    public override long CountParameters(Settings settings, TensorShape input) =>
        checked(Weights(settings, input) + (settings.Get(_bias) ? settings.Get(_outChannels) : 0));

    public override long CountMultiplyAdds(Settings settings, TensorShape input, TensorShape output) =>
        input.Sizes.Skip(1).Aggregate(Weights(settings, input), (count, size) => checked(count * size));

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        if (_directions != 2)
            return null;
        var (input, groups, kernel, hasBias) = (inputs[0], settings.Get(_groups), settings.Get(_kernelSize), settings.Get(_bias));
        var window = new Window(kernel, settings.Get(_stride), settings.Get(_padding), settings.Get(_dilation));
        return new Kernel(
            "ConvTranspose2d", KernelForm.Samples,
            [.. window.OfConvolution(input, output), .. Kernel.Unless(1, ("Groups", groups)), .. hasBias ? Enumerable.Empty<(string, object)>() : [("HasBias", false)]])
        {
            Interface = "IConv2d",
            SharesWeights = true,
            Parameters =
            [
                new("weight", [input[0], output[0] / groups, kernel[0], kernel[1]], "KaimingUniform(random, {0})"),
                new("bias", [output[0]], "BiasUniform(random, {0}, {1})") { IsThere = hasBias },
            ],
        };
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        Argument.Of("in_channels", input[0]),
        Argument.Of("out_channels", settings.Get(_outChannels)),
        Argument.Of("kernel_size", settings.Get(_kernelSize)),
        Argument.Named("stride", _stride, settings),
        Argument.Named("padding", _padding, settings),
        Argument.Named("output_padding", _outputPadding, settings),
        Argument.Named("dilation", _dilation, settings),
        Argument.Named("groups", _groups, settings),
        Argument.Named("bias", _bias, settings),
    ];

    // TorchSharp 0.107 takes the first of two numbers for both directions; the size of the output, which follows from them, it takes as it is.
    public override string TorchCall(Settings settings, string module, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        settings.Get(_outputPadding).IsUniform
            ? base.TorchCall(settings, module, inputs, shapes)
            : $"{module}.forward({inputs[0]}, [{string.Join(", ", Infer(settings, shapes[0]).Shape!.Value.Sizes.Skip(1).Select(CSharpLiteral.Of))}])";

    private long Weights(Settings settings, TensorShape input) =>
        settings.Get(_kernelSize).Values.Aggregate(checked(input[0] * (settings.Get(_outChannels) / settings.Get(_groups))), (count, size) => checked(count * size));

    private Size Sizes(Func<int, long> size) => new(EquatableArray<long>.Of(Enumerable.Range(0, _directions).Select(size)));

    private static Fix Write(Parameter parameter, Size size) => Fix.Of($"write {parameter.Name} {size}", new SetLayerSetting(parameter.Name, size.ToSpec()));

    public override string Onnx(OnnxLayer layer) => layer.Add(
        "ConvTranspose",
        [layer.Input, layer.Weight("weight"), layer.Weight("bias", layer.Get(_bias))],
        ("kernel_shape", layer.Get(_kernelSize).Values.ToArray()),
        ("strides", layer.Get(_stride).Values.ToArray()),
        ("pads", (long[])[.. layer.Get(_padding).Values, .. layer.Get(_padding).Values]),
        ("output_padding", layer.Get(_outputPadding).Values.ToArray()),
        ("dilations", layer.Get(_dilation).Values.ToArray()),
        ("group", layer.Get(_groups)));
}

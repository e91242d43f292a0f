using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>What convolutions share, over a signal (one direction), an image (two) or a volume (three).</summary>
internal abstract class Convolution : LayerKind
{
    private static readonly string[] Things = ["", "signal", "image", "volume"];
    private static readonly string[] PaddingModes = ["zeros", "reflect", "replicate", "circular"];

    private readonly int _directions;
    private readonly Parameter<long> _outChannels = Parameter.Integer(
        "out_channels", "The number of filters, which is the number of output channels", 1, positional: true);
    private readonly Parameter<Size> _kernelSize;
    private readonly Parameter<long> _inChannels = Parameter.Declared("in_channels", "The number of input channels, to have it checked");
    private readonly Parameter<Size> _stride;
    private readonly Parameter<Size> _padding;
    private readonly Parameter<Size> _dilation;
    private readonly Parameter<long> _groups = Parameter.Integer(
        "groups", "Splits the channels into groups that don't see each other; divides the input's and the output's channels", 1, 1);
    private readonly Parameter<bool> _bias = Parameter.Flag("bias", "Adds a trained value to each output channel", true);
    private readonly Parameter<string> _paddingMode;

    protected Convolution(int directions)
    {
        _directions = directions;
        _kernelSize = Parameter.Size("kernel_size", "The filter's size", 1, positional: true, directions: directions);
        _stride = Parameter.Size("stride", "The step from one place of the filter to the next", 1, 1, directions: directions);
        _padding = Parameter.Size(
            "padding", $"Values added on every side of the {Things[directions]}; 'same' adds as many as keep its size",
            0, 0, directions: directions, allowsSame: true);
        _dilation = Parameter.Size("dilation", "The distance between neighbouring values under the filter", 1, 1, directions: directions);
        _paddingMode = Parameter.Choice("padding_mode", "What the added values are", PaddingModes, "zeros");
        Parameters = [_outChannels, _kernelSize, _inChannels, _stride, _padding, _dilation, _groups, _bias, _paddingMode];
    }

    public override string Stem => "conv";

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override Parameter<long>? Width => _outChannels;

    public override Parameter<bool> BiasSwitch => _bias;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (input.Rank != _directions + 2)
            return Inference.WrongRank(Layers.Window.Taken(_directions));
        if (Inference.Declared(settings, _inChannels, input[0]) is { } differs)
            return differs;
        var channels = OutChannelsOf(settings, input);
        if (ChannelGroups.Check(_groups, GroupsOf(settings, input), input[0], channels) is { } indivisible)
            return indivisible;
        if (IsSame(settings) && !settings.Get(_stride).IsAll(1))
            return SameNeedsStrideOne(settings);
        if (IsSame(settings) && settings.Get(_paddingMode) != _paddingMode.Value && SameDiffers(settings) is { } differing)
            return differing;
        var window = WindowOf(settings);
        if (settings.Get(_paddingMode) is "reflect" or "circular" && TooFar(settings, window, input) is { } tooFar)
            return tooFar;
        return IsSame(settings) ? TensorShape.Of([channels, .. input.Sizes.Skip(1)]) : window.Slide(input, channels, _kernelSize, _padding);
    }

    public override Inference? Remark(Settings settings, TensorShape input) => WindowOf(settings).Remark(input, _stride);

    /// <summary>As many values on both sides as the window needs to stand at the first and at the last one.</summary>
    public override IEnumerable<SetLayerSetting> Resizes(Settings settings, bool[] differs)
    {
        var window = WindowOf(settings);
        var wide = new Size(EquatableArray<long>.Of(SameOf(settings).Select((both, i) => differs[i] ? both / 2 : window.Padding[i])));
        if (wide != window.Padding)
            yield return new SetLayerSetting(_padding.Name, wide.ToSpec());
    }

    public override long CountParameters(Settings settings, TensorShape input) =>
        checked(Weights(settings, input) + (settings.Get(_bias) ? OutChannelsOf(settings, input) : 0));

    public override long CountMultiplyAdds(Settings settings, TensorShape input, TensorShape output)
    {
        var count = Weights(settings, input);
        for (var i = 1; i < output.Sizes.Count; i++)
            count = checked(count * output[i]);
        return count;
    }

    public override Window? Window(Settings settings) => WindowOf(settings);

    public override bool IsOnlyItsOutput => true;

    public override bool OutputMayBeOverwritten => true;

    public override bool WantsChannelsLast => _directions == 2;

    public override bool FusesWithBatchNorm(Settings settings) => _directions == 2 && settings.Get(_paddingMode) == _paddingMode.Value;

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        if (_directions != 2 || settings.Get(_paddingMode) != _paddingMode.Value)
            return null;
        var (input, window, groups) = (inputs[0], WindowOf(settings), GroupsOf(settings, inputs[0]));
        return new Kernel(
            "Conv2d", KernelForm.Samples,
            [
                .. window.OfConvolution(input, output),
                .. Kernel.Unless(1, ("Groups", groups)),
                .. settings.Get(_bias) ? Enumerable.Empty<(string, object)>() : [("HasBias", false)]
            ])
        {
            SharesWeights = true,
            TakesFollowers = true,
            TakesRows = output[1] * output[2] < Kernel.ManyPixels,
            Parameters = Kernel.WeightAndBias([output[0], input[0] / groups, window.Kernel[0], window.Kernel[1]], settings.Get(_bias)),
        };
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input)
    {
        var window = WindowOf(settings);
        var mode = settings.Get(_paddingMode);
        return
        [
            Argument.Of("in_channels", input[0]),
            Argument.Of("out_channels", OutChannelsOf(settings, input)),
            Argument.Of("kernel_size", window.Kernel),
            Argument.Named("stride", window.Stride, _stride.Value) with { IsDefault = IsSame(settings) || window.Stride.IsAll(1) },
            // LibTorch takes the columns' padding for the rows where 'same' pads with other than zeros: numbers say which is which.
            IsSame(settings) && (mode == _paddingMode.Value || !IsSymmetric(settings))
                ? new Argument("padding", "global::TorchSharp.Padding.Same")
                : Argument.Named("padding", window.Padding, _padding.Value),
            Argument.Named("dilation", window.Dilation, _dilation.Value),
            new Argument("padding_mode", "global::TorchSharp.PaddingModes." + SpecNames.ToPascalCase(mode), IsDefault: mode == _paddingMode.Value),
            Argument.Named("groups", GroupsOf(settings, input), _groups.Value),
            Argument.Named("bias", _bias, settings),
        ];
    }

    protected virtual long OutChannelsOf(Settings settings, TensorShape input) => settings.Get(_outChannels);

    protected virtual long GroupsOf(Settings settings, TensorShape input) => settings.Get(_groups);

    private bool IsSame(Settings settings) => settings.Get(_padding) == SizeParameter.Same;

    private Window WindowOf(Settings settings)
    {
        var (kernel, dilation) = (settings.Get(_kernelSize), settings.Get(_dilation));
        var padding = IsSame(settings)
            ? new Size(EquatableArray<long>.Of(SameOf(settings).Select(both => both / 2)))
            : settings.Get(_padding);
        return new Window(kernel, settings.Get(_stride), padding, dilation);
    }

    /// <summary>What 'same' adds in each direction, on both sides together.</summary>
    private IEnumerable<long> SameOf(Settings settings) => settings.Get(_kernelSize).Values.Zip(settings.Get(_dilation).Values, (size, gap) => checked(gap * (size - 1)));

    private bool IsSymmetric(Settings settings) => SameOf(settings).All(both => both % 2 == 0);

    private long Weights(Settings settings, TensorShape input)
    {
        var count = checked(OutChannelsOf(settings, input) * (input[0] / GroupsOf(settings, input)));
        foreach (var size in settings.Get(_kernelSize).Values)
            count = checked(count * size);
        return count;
    }

    private Inference SameNeedsStrideOne(Settings settings) => Inference.Broken(
        Rules.SettingsExclude, _padding, "padding 'same'", $"keeps the size of the {Things[_directions]}, but stride {settings.Get(_stride)} divides it") with
    {
        Fixes =
        [
            Fix.Of("remove stride", new SetLayerSetting(_stride.Name, null)),
            Fix.Of("write the padding as a number", new SetLayerSetting(_padding.Name, SpecValue.Of(settings.Get(_kernelSize)[0] / 2)))
        ],
    };

    /// <summary>What numbers can't say must be equal in all directions; see <see cref="TorchArguments"/>.</summary>
    private Inference? SameDiffers(Settings settings) => IsSymmetric(settings) || SameOf(settings).Distinct().Count() == 1 ? null : Inference.Broken(
        Rules.SettingsExclude, _padding, $"padding 'same' with padding_mode '{settings.Get(_paddingMode)}'",
        $"adds {string.Join(" and ", SameOf(settings).Select(CSharpLiteral.Of))} in the directions of the {Things[_directions]}, which differ and must then be even: write an odd kernel_size") with
    {
        Fixes = [Fix.Of("remove padding_mode", new SetLayerSetting(_paddingMode.Name, null))],
    };

    /// <summary>Mirrored or repeated values come from the image itself: there must be as many.</summary>
    private Inference? TooFar(Settings settings, Window window, TensorShape input)
    {
        var mode = settings.Get(_paddingMode);
        for (var i = 0; i < _directions; i++)
        {
            var most = mode == "reflect" ? input[i + 1] - 1 : input[i + 1];
            if (window.Padding[i] > most)
            {
                return Inference.Broken(
                    Rules.SettingsExclude, _padding, $"padding_mode '{mode}'",
                    string.Format(
                        CultureInfo.InvariantCulture, "takes the {0} values beside an edge from an input that has {1}",
                        window.Padding[i], input[i + 1])) with
                {
                    Fixes = [Fix.Of("remove padding_mode", new SetLayerSetting(_paddingMode.Name, null))],
                };
            }
        }

        return null;
    }

    public override string Onnx(OnnxLayer layer)
    {
        var (window, mode) = (WindowOf(layer.Settings), layer.Get(_paddingMode));
        // PyTorch's 'same' puts an odd value behind.
        var before = window.Padding.Values.ToArray();
        var behind = IsSame(layer.Settings) ? [.. before.Select((size, i) => checked(window.Dilation[i] * (window.Kernel[i] - 1)) - size)] : before;
        var isPadded = mode != _paddingMode.Value;
        return layer.Add(
            "Conv",
            [isPadded ? layer.Padded(mode, before, behind) : layer.Input, layer.Weight("weight"), layer.Weight("bias", layer.Get(_bias))],
            ("kernel_shape", window.Kernel.Values.ToArray()),
            ("strides", window.Stride.Values.ToArray()),
            ("pads", isPadded ? new long[2 * _directions] : (long[])[.. before, .. behind]),
            ("dilations", window.Dilation.Values.ToArray()),
            ("group", GroupsOf(layer.Settings, layer.Shape)));
    }
}

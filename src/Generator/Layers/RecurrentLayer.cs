using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>What recurrent layers share: they read a sequence step by step, and each step knows what the ones before have kept.</summary>
internal abstract class RecurrentLayer : SequenceLayer
{
    private static readonly string[] Outputs = ["sequence", "last"];

    private static readonly string[] Endings = ["", "_reverse"];
    private readonly Parameter<long> _hiddenSize = Parameter.Integer("hidden_size", "H, the features that a step keeps, in each direction", 1, positional: true);
    private readonly Parameter<long> _inputSize = Parameter.Declared("input_size", "E, the input's features, to have it checked");
    private readonly Parameter<long> _numLayers = Parameter.Integer("num_layers", "The number of such layers behind each other", 1, 1);
    private readonly Parameter<bool> _bias = Parameter.Flag("bias", "Adds trained values in each step", true);
    private readonly Parameter<double> _dropout = Parameter.Real(
        "dropout", "The probability of a value between two layers to be dropped in training", 0, 0, max: 1);
    private readonly Parameter<bool> _bidirectional = Parameter.Flag(
        "bidirectional", "Reads the sequence from its end too, and gives both results, 2 H features", false);
    private readonly Parameter<string> _output = Parameter.Choice(
        "output", "All steps' results, or what the last layer has kept at its end", Outputs, "sequence");

    protected RecurrentLayer(params Parameter[] more) => Parameters = [_hiddenSize, _inputSize, _numLayers, .. more, _bias, _dropout, _bidirectional, _output];

    public override string Stem => Keyword;

    public override string Doc => $"{Formula}: [N, L, E] to [N, L, H], or to [N, H] where output is 'last'; 2 H in both directions";

    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What a step computes, for people.</summary>
    protected abstract string Formula { get; }

    /// <summary>How many linear maps of input and state a step has.</summary>
    protected abstract int Gates { get; }

    protected sealed override Inference Infer(Settings settings, TensorShape input, long length, long features)
    {
        if (Inference.Declared(settings, _inputSize, features) is { } differs)
            return differs;
        var width = checked(Directions(settings) * settings.Get(_hiddenSize));
        return settings.Get(_output) == "last" ? TensorShape.Of(width) : TensorShape.Of(length, width);
    }

    /// <summary>Dropout stands between two layers, and not behind the last one.</summary>
    public override Inference? Remark(Settings settings, TensorShape input) => settings.Get(_dropout) == 0 || settings.Get(_numLayers) > 1
        ? null
        : Inference.Broken(Rules.DoesNothing, _dropout, _dropout.Name, $"it drops values between two of its layers, and {_numLayers.Name} is 1") with
        {
            Fixes =
            [
                Fix.Of($"write {_numLayers.Name} 2", new SetLayerSetting(_numLayers.Name, SpecValue.Of(2))),
                Fix.Of($"remove {_dropout.Name}", new SetLayerSetting(_dropout.Name, null)),
            ],
        };

    public override long CountParameters(Settings settings, TensorShape input)
    {
        var biases = settings.Get(_bias) ? checked(2 * Gates * settings.Get(_hiddenSize) * settings.Get(_numLayers) * Directions(settings)) : 0;
        return checked(Weights(settings, input) + biases);
    }

    public override long CountMultiplyAdds(Settings settings, TensorShape input, TensorShape output) => checked(Weights(settings, input) * input[0]);

    public override SetLayerSetting? GivesSequence(Settings settings) =>
        settings.Get(_output) == _output.Value ? null : new SetLayerSetting(_output.Name, SpecValue.Of(_output.Value));

    /// <summary>Plain C#: what a step does, a type of <c>ModelGen.Cpu.Kernels</c>.</summary>
    protected abstract string Cell(Settings settings);

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (hidden, layers, hasBias) = (settings.Get(_hiddenSize), settings.Get(_numLayers), settings.Get(_bias));
        List<(string, object)> constants = [("Length", inputs[0][0]), ("InputSize", inputs[0][1]), ("HiddenSize", hidden), .. Kernel.Unless(1, ("NumLayers", layers))];
        if (!hasBias)
            constants.Add(("HasBias", false));
        if (Directions(settings) == 2)
            constants.Add(("IsBidirectional", true));
        if (settings.Get(_output) == "last")
            constants.Add(("IsLast", true));
        return new Kernel("Recurrent", KernelForm.Samples, [.. constants])
        {
            Activation = Cell(settings),
            IsForwardOnly = true,
            TakesList = true,
            Parameters = Tensors(settings, inputs[0][1])
        };
    }

    private KernelParameter[] Tensors(Settings settings, long features)
    {
        var (hidden, tensors) = (settings.Get(_hiddenSize), new List<KernelParameter>());
        var bound = CSharpLiteral.Of(1 / System.Math.Sqrt(hidden));
        for (var layer = 0; layer < settings.Get(_numLayers); layer++)
        {
            foreach (var ending in Endings.Take(Directions(settings)))
            {
                Add("weight_ih", layer, ending, Gates * hidden, layer == 0 ? features : Directions(settings) * hidden);
                Add("weight_hh", layer, ending, Gates * hidden, hidden);
                if (!settings.Get(_bias))
                    continue;
                Add("bias_ih", layer, ending, Gates * hidden);
                Add("bias_hh", layer, ending, Gates * hidden);
            }
        }

        return [.. tensors];

        void Add(string name, int layer, string ending, params long[] sizes) =>
            tensors.Add(new($"{name}_l{CSharpLiteral.Of((long)layer)}{ending}", sizes, $"Uniform(random, {{0}}, -{bound}, {bound})"));
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        Argument.Of("inputSize", input[1]),
        Argument.Of("hiddenSize", settings.Get(_hiddenSize)),
        Argument.Named("numLayers", _numLayers, settings),
        Argument.Named("bias", _bias, settings),
        new Argument("batchFirst", true),
        Argument.Named("dropout", _dropout, settings),
        Argument.Named("bidirectional", _bidirectional, settings),
    ];

    public override string TorchCall(Settings settings, string module, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        $"global::ModelGen.Torch.Recurrent.{SpecNames.ToPascalCase(settings.Get(_output))}({module}, {inputs[0]})";

    private int Directions(Settings settings) => settings.Get(_bidirectional) ? 2 : 1;

    // The first layer reads the input's features, the others what all directions of the one before give.
    private long Weights(Settings settings, TensorShape input)
    {
        var (hidden, directions, others) = (settings.Get(_hiddenSize), Directions(settings), settings.Get(_numLayers) - 1);
        return checked(directions * Gates * hidden * (input[1] + hidden + (others * ((directions * hidden) + hidden))));
    }

    /// <summary>ONNX: the operator.</summary>
    protected abstract string OnnxOperator { get; }

    /// <summary>ONNX: the order in which the operator wants PyTorch's gates.</summary>
    protected abstract long[] OnnxGates { get; }

    /// <summary>ONNX: what the operator is told beside its size.</summary>
    protected virtual (string Name, object Value)[] OnnxAttributes(OnnxLayer layer) => [];

    public override string Onnx(OnnxLayer layer)
    {
        var (hidden, directions, layers) = (layer.Get(_hiddenSize), Directions(layer.Settings), layer.Get(_numLayers));
        var isLast = layer.Get(_output) == "last";
        var value = layer.Add("Transpose", [layer.Input], ("perm", new long[] { 1, 0, 2 })); // steps first
        for (var i = 0L; i < layers; i++)
        {
            var name = CSharpLiteral.Of(i);
            string[] inputs = [value, Weights("weight_ih_l" + name), Weights("weight_hh_l" + name), layer.Get(_bias) ? Biases(name) : ""];
            var isOfStates = isLast && i == layers - 1;
            var states = layer.Add(
                OnnxOperator, inputs, isOfStates ? 1 : 0,
                [("hidden_size", hidden), ("direction", directions == 2 ? "bidirectional" : "forward"), .. OnnxAttributes(layer)]);
            if (isOfStates)
                return layer.Reshaped(layer.Add("Transpose", [states], ("perm", new long[] { 1, 0, 2 })), directions * hidden);
            // [L, directions, N, H]
            value = layer.Add("Reshape", layer.Add("Transpose", [states], ("perm", new long[] { 0, 2, 1, 3 })), layer.Integers(0, 0, directions * hidden));
        }

        return layer.Add("Transpose", [value], ("perm", new long[] { 1, 0, 2 }));

        string Weights(string weight) => Joined(suffix => layer.Add(
            "Reshape", Ordered(layer.Weight(weight + suffix), hidden, -1), layer.Integers(1, Gates * hidden, -1)));

        string Biases(string name) => Joined(suffix => layer.Add(
            "Reshape",
            layer.Add(
                "Concat",
                [Ordered(layer.Weight($"bias_ih_l{name}{suffix}"), hidden), Ordered(layer.Weight($"bias_hh_l{name}{suffix}"), hidden)],
                ("axis", 0L)),
            layer.Integers(1, -1)));

        string Joined(Func<string, string> of) => directions == 1 ? of("") : layer.Add("Concat", [of(""), of("_reverse")], ("axis", 0L));

        string Ordered(string weight, params long[] sizes) =>
            layer.Add("Gather", layer.Add("Reshape", weight, layer.Integers([Gates, .. sizes])), layer.Integers(OnnxGates));
    }
}

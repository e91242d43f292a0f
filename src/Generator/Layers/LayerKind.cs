using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>
/// One kind of layer with all that ModelGen knows about it: how it is written, what it does to a shape, what it costs, and how each
/// backend builds it.
/// </summary>
internal abstract class LayerKind : CatalogueEntry
{
    // Asked for several times for each layer of a network.
    private string? _type;
    private string? _factory;

    /// <summary>Whether it is a linear map of its input, plus a bias.</summary>
    public virtual bool IsLinear => false;

    /// <summary>Whether it subtracts the mean of each channel over the batch in training, which cancels any bias before it.</summary>
    public virtual bool IsBatchNorm => false;

    /// <summary>Whether it sets values to zero at random in training.</summary>
    public virtual bool IsDropout => false;

    /// <summary>Whether each output is the largest value of a window.</summary>
    public virtual bool TakesMaximum => false;

    /// <summary>Whether it takes whole numbers (int64), such as the indices of words.</summary>
    public virtual bool TakesIndices => false;

    /// <summary>Whether it takes whole numbers as well as real ones: it moves values and computes none.</summary>
    public virtual bool TakesAny => false;

    /// <summary>Whether it joins several tensors: one that it takes twice counts twice.</summary>
    public virtual bool Joins => false;

    /// <summary>Whether it is a module of the user's own, of which nothing is known but its shapes.</summary>
    public virtual bool IsOwn => false;

    /// <summary>The parameter that sets how many features or channels come out; null where the input decides.</summary>
    public virtual Parameter<long>? Width => null;

    /// <summary>The parameter that switches the layer's bias, or null when it has none.</summary>
    public virtual Parameter<bool>? BiasSwitch => null;

    /// <summary>What the layer did to a shape, where its numbers are the input's in another order or grouping: "flattened". Null otherwise.</summary>
    public virtual string? Participle => null;

    /// <summary>The parameter that names further inputs, beside what flows in; null for a layer of one input.</summary>
    public virtual Parameter<IReadOnlyList<string>>? Operands => null;

    /// <summary>The same for a layer whose further inputs have several meanings: those of the first parameter come first.</summary>
    public virtual IReadOnlyList<Parameter<IReadOnlyList<string>>> AllOperands => Operands is { } operands ? [operands] : [];

    /// <summary>The output's shape for an input of shape <paramref name="input"/>. Called with settings that passed their own ranges.</summary>
    public abstract Inference Infer(Settings settings, TensorShape input);

    /// <summary>The same for a layer of several inputs: what flows in, and then its operands.</summary>
    public virtual Inference Infer(Settings settings, IReadOnlyList<TensorShape> inputs) => Infer(settings, inputs[0]);

    /// <summary>What is worth saying about a layer that is not wrong, as a broken rule of no more than a warning; null as a rule.</summary>
    public virtual Inference? Remark(Settings settings, TensorShape input) => null;

    /// <summary>
    /// Settings with which the image that it gives has the size that is usual for its window, as edits in which this layer is number 0: tried where
    /// images of different sizes meet behind it.
    /// </summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="differs">The directions in which the images differ; the others stay.</param>
    public virtual IEnumerable<SetLayerSetting> Resizes(Settings settings, bool[] differs) => [];

    /// <summary>The setting, of this layer as number 0, with which it gives a whole sequence and not only its end: tried where a sequence is taken behind it. Null where there is none.</summary>
    public virtual SetLayerSetting? GivesSequence(Settings settings) => null;

    /// <summary>Trained values.</summary>
    public virtual long CountParameters(Settings settings, TensorShape input) => 0;

    /// <summary>The same for a layer of several inputs: what flows in, and then its operands.</summary>
    public virtual long CountParameters(Settings settings, IReadOnlyList<TensorShape> inputs) => CountParameters(settings, inputs[0]);

    /// <summary>Multiplications with a weight (each with its addition) for one sample; what has no weights counts 0.</summary>
    public virtual long CountMultiplyAdds(Settings settings, TensorShape input, TensorShape output) => 0;

    /// <summary>The same for a layer of several inputs.</summary>
    public virtual long CountMultiplyAdds(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) => CountMultiplyAdds(settings, inputs[0], output);

    /// <summary>The window that slides over an image, for the receptive field; null where each output sees the value at its own place only.</summary>
    public virtual Window? Window(Settings settings) => null;

    /// <summary>Whether each output sees all of its input along the image's directions, as a linear layer does.</summary>
    public virtual bool SeesAll => false;

    /// <summary>Which numbers it never gives, whatever it receives, for people: "below 0"; null where it gives any.</summary>
    public virtual string? NeverGives => null;

    /// <summary>Whether each output grows, or stays, where its input grows: such a layer commutes with a maximum.</summary>
    public virtual bool IsMonotone(Settings settings) => false;

    /// <summary>Whether TorchSharp's module can write over its input (<c>inplace</c>), and its gradient follows from the output.</summary>
    public virtual bool RunsInPlace => false;

    /// <summary>Whether the output is memory of its own that the layer's gradient does not read: whoever takes it may write over it.</summary>
    public virtual bool OutputMayBeOverwritten => false;

    /// <summary>
    /// Whether running it leaves nothing but its output: no state that changes, such as running statistics, and no random numbers that others would
    /// get. Such a layer need not run where nobody takes the output.
    /// </summary>
    public virtual bool IsOnlyItsOutput => false;

    /// <summary>Whether libtorch computes the layer fastest on images whose channels stand side by side in memory.</summary>
    public virtual bool WantsChannelsLast => false;

    /// <summary>Whether a batch norm of images behind it can be computed with it.</summary>
    public virtual bool FusesWithBatchNorm(Settings settings) => false;

    /// <summary>Whether it is a batch norm of images that can be computed with the convolution before it.</summary>
    public virtual bool FusesWithConvolution(Settings settings) => false;

    /// <summary>TorchSharp: the type of the module that stands for the layer; null for one that is a call without a module.</summary>
    public virtual string? TorchType => _type ??= "global::TorchSharp.Modules." + AttributeName;

    /// <summary>TorchSharp: the same for a layer whose settings decide.</summary>
    public virtual string? TorchTypeFor(Settings settings) => TorchType;

    /// <summary>C#: who sees the layer's property.</summary>
    public virtual string TorchAccess => "public";

    /// <summary>TorchSharp: what makes the module, in front of its arguments.</summary>
    public virtual string TorchFactory => _factory ??= "global::TorchSharp.torch.nn." + AttributeName;

    /// <summary>TorchSharp: what registers it: a layer that is nothing but one trained tensor is a parameter of the module around it.</summary>
    public virtual string TorchRegistration => "register_module";

    /// <summary>PyTorch: the version of the module's state, as the metadata of a state_dict has it.</summary>
    public virtual int StateVersion => 1;

    /// <summary>TorchSharp: the arguments that build the layer, <c>3, 16, 5, padding: 2</c>; always as many, so that layers can be compared.</summary>
    public virtual Argument[] TorchArguments(Settings settings, TensorShape input) => [];

    /// <summary>TorchSharp: the same for a layer of several inputs.</summary>
    public virtual Argument[] TorchArguments(Settings settings, IReadOnlyList<TensorShape> inputs) => TorchArguments(settings, inputs[0]);

    /// <summary>TorchSharp: the expression that computes the output. A new tensor each time, because the input is disposed on its own.</summary>
    /// <param name="settings">The layer's settings.</param>
    /// <param name="module">The property that holds the module.</param>
    /// <param name="inputs">What flows in, and the operands: expressions that need no brackets.</param>
    /// <param name="shapes">Their shapes.</param>
    public virtual string TorchCall(Settings settings, string module, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        $"{module}.call({string.Join(", ", inputs)})";

    /// <summary>Plain C#: the kernel that computes the layer; null for one that has none yet.</summary>
    /// <param name="settings">The layer's settings.</param>
    /// <param name="inputs">The shapes of what flows in, and of its operands.</param>
    /// <param name="output">The output's shape.</param>
    public virtual Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) => null;

    /// <summary>ONNX: writes down the nodes that compute what the layer gives in evaluation.</summary>
    /// <param name="layer">Takes the nodes.</param>
    /// <returns>The name of the value; null for a layer, or settings of it, that ONNX has no form for.</returns>
    public virtual string? Onnx(OnnxLayer layer) => null;
}

/// <summary>A layer that computes each value by itself: any shape goes through unchanged.</summary>
internal abstract class ElementwiseLayer : LayerKind
{
    public override bool IsOnlyItsOutput => !IsDropout;

    public override Inference Infer(Settings settings, TensorShape input) => input;

    /// <summary>Plain C#: the function of one value, a type of <c>ModelGen.Cpu.Kernels</c>; null for a layer that is none.</summary>
    protected virtual string? Activation => null;

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) => Activation is { } activation
        ? Pointwise(output, activation)
        : null;

    /// <summary>The kernel of a function of one value. Where its gradient follows from the output, the input need not be kept.</summary>
    /// <param name="output">The shape.</param>
    /// <param name="activation">The function.</param>
    /// <param name="settings">What the function is compiled for; none for one without settings.</param>
    protected Kernel Pointwise(TensorShape output, string activation, params (string Name, object Value)[] settings) =>
        new("Pointwise", KernelForm.Plain, ("Length", output.ElementCount))
        {
            Activation = activation,
            ActivationSettings = settings,
            Reads = RunsInPlace ? KernelReads.Output : KernelReads.Inputs
        };
}

/// <summary>A layer that is one call of a tensor's method, without weights and without a module.</summary>
internal abstract class TensorCall : LayerKind
{
    public override bool IsOnlyItsOutput => true;

    public sealed override string? TorchType => null;

    public sealed override string TorchCall(Settings settings, string module, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        Call(settings, inputs, shapes);

    /// <summary>The expression, such as <c>input.transpose(1, 2)</c>.</summary>
    protected abstract string Call(Settings settings, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes);

    /// <summary>Numbers as arguments: <c>1, 2</c>.</summary>
    protected static string Join(IEnumerable<long> numbers) => string.Join(", ", numbers.Select(CSharpLiteral.Of));
}

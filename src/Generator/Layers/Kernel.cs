using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Layers;

/// <summary>How a kernel is called, and what it keeps; docs/architecture.md has the signatures of each.</summary>
internal enum KernelForm
{
    /// <summary>None: the output has the input's numbers in the same order.</summary>
    Alias,

    /// <summary>A function of the inputs, sample by sample.</summary>
    Plain,

    /// <summary>The same with trained values, whose gradients each worker sums over its samples.</summary>
    Samples,

    /// <summary>Trained values and all samples of a worker at once, as a product of matrices.</summary>
    Rows,

    /// <summary>Statistics over the whole batch, between two parts.</summary>
    BatchNorm,

    /// <summary>Changes its input in training only, at random.</summary>
    Dropout,
}

/// <summary>What a kernel's gradient reads beside the gradient of its output.</summary>
internal enum KernelReads
{
    Nothing,
    Inputs,
    Output,

    /// <summary>The inputs, and then the output.</summary>
    Both,
}

/// <summary>What computes a layer in plain C#: a kernel of <c>ModelGen.Cpu.Kernels</c>, and the numbers that it is compiled for.</summary>
/// <param name="Name">The kernel's class.</param>
/// <param name="Form">How it is called.</param>
/// <param name="Constants">What its type parameter says, in the interface's order: names of properties with <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or several <see cref="long"/>.</param>
internal sealed record Kernel(string Name, KernelForm Form, params (string Name, object Value)[] Constants)
{
    /// <summary>The output has the input's numbers in the same order: a reshape.</summary>
    public static Kernel Alias { get; } = new("", KernelForm.Alias);

    /// <summary>A kernel over images of one size.</summary>
    public static Kernel OfImage(string name, KernelForm form, Graph.TensorShape image, params (string Name, object Value)[] more) =>
        new(name, form, [("Height", image[1]), ("Width", image[2]), ("Channels", image[0]), .. more]);

    /// <summary>A normalisation of groups of channels, of an image or of features.</summary>
    public static Kernel GroupNorm(Graph.TensorShape input, long groups, bool isAffine, IEnumerable<(string Name, object Value)> more)
    {
        IEnumerable<(string, object)> sides = input.Rank == 4 ? [("Height", input[1]), ("Width", input[2])] : [];
        return new(
            "GroupNorm", KernelForm.Samples,
            [.. sides, ("Channels", input[0]), ("Groups", groups), .. more, .. isAffine ? [] : new (string, object)[] { ("HasWeight", false) }])
        {
            Parameters = [new("weight", [input[0]], "Constant({0}, 1)") { IsThere = isAffine }, new("bias", [input[0]], "Constant({0}, 0)") { IsThere = isAffine }],
        };
    }

    /// <summary>The trained values of a linear layer or a convolution, with PyTorch's first values.</summary>
    /// <param name="weight">The weight's shape: the outputs first.</param>
    /// <param name="hasBias">Whether there is a value for each output, too.</param>
    public static KernelParameter[] WeightAndBias(IReadOnlyList<long> weight, bool hasBias) =>
    [
        new("weight", weight, "KaimingUniform(random, {0})"),
        new("bias", [weight[0]], "BiasUniform(random, {0}, {1})") { IsThere = hasBias },
    ];

    /// <summary>What it trains, in the order of its arguments.</summary>
    public IReadOnlyList<KernelParameter> Parameters { get; init; } = [];

    /// <summary>Those that are there; a batch norm counts its batches, too.</summary>
    public IEnumerable<KernelParameter> Tensors =>
        Parameters.Where(parameter => parameter.IsThere).Concat(Form == KernelForm.BatchNorm ? [KernelParameter.BatchCount] : Enumerable.Empty<KernelParameter>());

    /// <summary>Whether workers share the packing of its weights and the collecting of their gradients: where these are large.</summary>
    public bool SharesWeights { get; init; }

    /// <summary>Whether it only predicts: it has no gradient.</summary>
    public bool IsForwardOnly { get; init; }

    /// <summary>Whether it takes its tensors as one list: their number depends on the settings.</summary>
    public bool TakesList { get; init; }

    /// <summary>Whether training leaves it as it is: no gradient is computed of its tensors, and a batch norm uses its running statistics.</summary>
    public bool IsFrozen => Parameters.Any(parameter => parameter.IsFrozen);

    /// <summary>What its gradient reads.</summary>
    public KernelReads Reads { get; init; } = KernelReads.Inputs;

    /// <summary>
    /// Whether it can take a batch norm behind it into its weights, and what comes then, a sum and an activation, into its loops: a <c>Conv2d</c>, which also keeps
    /// the weights for the backward pass apart, so that a network that no longer learns does without.
    /// </summary>
    public bool TakesFollowers { get; init; }

    /// <summary>Whether it adds its last input to what it makes of the others, before the activation: the end of a residual.</summary>
    public bool AddsInput { get; init; }

    /// <summary>Whether it takes samples side by side: of a few pixels each and with many weights, which then are read once for all.</summary>
    public bool TakesRows { get; init; }

    /// <summary>Pixels of a sample from which on its weights are read for it alone, as <c>ConvolutionShape.Pixels</c> has it.</summary>
    public const long ManyPixels = 32;

    /// <summary>Whether it is a batch norm that computes the max-pool behind it.</summary>
    public bool Pools => Find("PoolSize") is not null;

    /// <summary>Whether it adds its inputs.</summary>
    public bool IsSum { get; init; }

    /// <summary>Whether it is an activation that stands by itself.</summary>
    public bool IsActivation => Form == KernelForm.Plain && Activation is not null;

    /// <summary>Of a max-pool whose square windows tile the image, leaving at most a rest at its end, their side; null for any other kernel.</summary>
    public long? Tiling { get; init; }

    /// <summary>The function of an elementwise kernel, as a type of <c>ModelGen.Cpu.Kernels</c>; null for any other kernel.</summary>
    public string? Activation { get; init; }

    /// <summary>What the function is compiled for; none for one without settings.</summary>
    public IReadOnlyList<(string Name, object Value)> ActivationSettings { get; init; } = [];

    /// <summary>Constants without those that have the value that the interface gives them anyway.</summary>
    public static IEnumerable<(string Name, object Value)> Unless(long value, params (string Name, long Value)[] constants) =>
        constants.Where(constant => constant.Value != value).Select(constant => (constant.Name, (object)constant.Value));

    /// <summary>The same with one more constant.</summary>
    public Kernel With(string name, object value) => this with { Constants = [.. Constants, (name, value)] };

    /// <summary>The value of a constant; null where it is the interface's own.</summary>
    public object? Find(string name) => Constants.FirstOrDefault(constant => constant.Name == name).Value;

    /// <summary>The interface of the constants.</summary>
    public string Interface { get; init; } = "I" + Name;
}

/// <summary>A tensor that a kernel takes beside the values that flow.</summary>
/// <param name="Name">PyTorch's name for it, <c>weight</c>.</param>
/// <param name="Sizes">Its shape in PyTorch; empty for one number.</param>
/// <param name="Initial">The call of <c>ModelGen.Cpu.Initial</c> that gives its first values: {0} is the tensor, {1} the kernel's first.</param>
/// <param name="IsTrained">Whether an optimizer changes it.</param>
internal sealed record KernelParameter(string Name, IReadOnlyList<long> Sizes, string Initial, bool IsTrained = true)
{
    /// <summary>The batches that a batch norm has seen: a count, which no kernel takes.</summary>
    public static KernelParameter BatchCount { get; } = new("num_batches_tracked", [], "", IsTrained: false);

    /// <summary>It in an identifier: the tensor of a layer within a layer has both names, <c>Fc1Weight</c>; one without a name is its layer's tensor.</summary>
    public string Word { get; } = Name.Length == 0 ? "Tensor" : string.Concat(Name.Split('.').Select(Specs.SpecNames.ToPascalCase));

    /// <summary>Its key in the state_dict. A layer that is a tensor itself gives it no name.</summary>
    public string KeyIn(string layer) => Name.Length == 0 ? layer : $"{layer}.{Name}";

    /// <summary>Whether it would be trained, but no loss depends on it.</summary>
    public bool IsUnused { get; init; }

    /// <summary>Whether the recipe leaves it as it is; it is not trained then.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Whether the layer has it; otherwise its place in a call is empty.</summary>
    public bool IsThere { get; init; } = true;
}

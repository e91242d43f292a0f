using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph.Kernels;
using ModelGen.Layers;

namespace ModelGen.Emit.CSharp;

/// <summary>All samples of a buffer, as an argument of a kernel that shares something else among the workers.</summary>
internal sealed record All(Buffer Buffer);

/// <summary>What a kernel and the things that it keeps are called in the generated code.</summary>
internal readonly struct KernelWords(KernelStep step)
{
    /// <summary>Written with :: it is the alias, whatever else is called Kernels.</summary>
    public const string Namespace = "Kernels::";

    /// <summary>What that stands for.</summary>
    public static IReadOnlyList<string> Usings { get; } = ["Kernels = global::ModelGen.Cpu.Kernels"];

    /// <summary>The class that holds the layers' constants.</summary>
    public const string Constants = "Layers";

    /// <summary>The class that holds those of what stands before and behind the layers, which may have any name.</summary>
    public const string EndConstants = "Ends";

    /// <summary>The kernel for its constants: <c>Conv2d&lt;Layers.Conv1&gt;</c>.</summary>
    public string Type => $"{Namespace}{step.Kernel.Name}<{Constants}.{TypeName}{(step.Kernel.Activation is null ? "" : $", {Namespace}{Activation}")}>";

    /// <summary>The activation for its settings: <c>ReLU</c>, or <c>LeakyReLU&lt;Act1&gt;</c>.</summary>
    public string? Activation => step.Kernel.ActivationSettings.Count == 0 ? step.Kernel.Activation : $"{step.Kernel.Activation}<{Constants}.{TypeName}>";

    /// <summary>The members of the type that holds the layer's constants.</summary>
    public IEnumerable<(string Name, object Value)> TypeMembers => step.Kernel.Constants.Concat(step.Kernel.ActivationSettings);

    /// <summary>That type: a member may not have the name of the class around it, as <c>Layers</c> would, or <c>Height</c>, which has a height.</summary>
    public string TypeName => TypeMembers.Select(member => member.Name).Append(Constants).Contains(step.Name) ? step.Name + "_" : step.Name;

    public string Field => "_" + Local;

    public string Prepared => Field + "Prepared.Span";

    /// <summary>Floats of the prepared weights that the forward pass reads: a convolution has others for the backward pass.</summary>
    public string ForwardLength => Type + (step.Kernel.TakesFollowers ? ".ForwardLength" : ".PreparedLength");

    public string State => Field + "State";

    /// <summary>One worker's sums.</summary>
    public string Sums => Field + "Sums[worker]";

    /// <summary>The sums of all workers.</summary>
    public string AllSums => Field + "Sums.All";

    public static string Scratch => "_scratch[worker]";

    /// <summary>What makes the random numbers of a sample.</summary>
    public string Seed => $"{Namespace}DropoutSeed.Of(_seed, layer: {CSharpLiteral.Of(step.Output)}, sample: n)";

    /// <summary>Its tensors, in the order of the kernel's arguments.</summary>
    public IReadOnlyList<string> Tensors => [.. Select(".Values")];

    /// <summary>Their gradients.</summary>
    public IReadOnlyList<string> Gradients => [.. Select(".Gradient")];

    /// <summary>A share of the features, as two arguments.</summary>
    public string Share => $"{Local}First, {Local}End";

    /// <summary>The beginning of a variable's name.</summary>
    public string Local => KernelPlan.Decapitalized(step.Name);

    public string Value(string name) => Member(step.Kernel.Parameters.First(parameter => parameter.Name == name)) + ".Values";

    /// <summary>Takes over the weights: all of them, or a worker's part.</summary>
    public Statement Preparation(string part, string parts) =>
        new(
            Type + ".Prepare",
            [
                .. step.Kernel.TakesList ? [$"[{string.Join(", ", Tensors)}]"] : Tensors,
                Prepared,
                .. step.Kernel.SharesWeights ? [part, parts] : Enumerable.Empty<object>()
            ])
        { IsRows = true };

    /// <summary>A convolution's output: with what it adds, and an activation behind that.</summary>
    public Statement Convolution(string activation, Buffer input, Buffer? added, Buffer output, string scratch) => (added, activation) switch
    {
        (null, "Identity") => new(Type + ".Forward", input, Prepared, output, scratch),
        (null, _) => new($"{Type}.ForwardActivated<{Namespace}{activation}>", input, Prepared, output, scratch),
        _ => new($"{Type}.ForwardAdded<{Namespace}{activation}>", input, Prepared, added, output, scratch),
    };

    /// <summary>A batch norm's output: with what it adds.</summary>
    public Statement Normalisation(Buffer input, Buffer? added, Buffer output) =>
        added is null ? new(Type + ".Forward", input, State, output) : new(Type + ".ForwardAdded", input, State, added, output);

    /// <summary>Adds the workers' sums to the gradients: all of them, or a worker's part.</summary>
    public Statement Collection =>
        new(
            Type + ".Collect",
            [
                AllSums,
                "_team.Workers",
                .. Gradients,
                .. step.Kernel.SharesWeights ? ["worker", "_team.Workers"] : Enumerable.Empty<object>()
            ])
        { IsRows = true };

    /// <summary>The rows of so many samples: a sequence has several.</summary>
    public string Rows(string samples, long length)
    {
        var features = (long)step.Kernel.Constants[0].Value;
        return length == features ? samples : $"({samples}) * {CSharpLiteral.Of(length / features)}";
    }

    private IEnumerable<string> Select(string part)
    {
        foreach (var parameter in step.Kernel.Parameters)
            yield return parameter.IsThere ? Member(parameter) + part : "default";
    }

    private string Member(KernelParameter parameter) => "_model." + step.MemberOf(parameter);
}

using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Graph.Passes;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>How a network is compiled.</summary>
/// <param name="Backend">To what.</param>
/// <param name="Passes">What may rewrite its forward pass, in this order.</param>
/// <param name="ExportsOnnx">Whether the network is to be written as ONNX too.</param>
internal sealed record CompilationPlan(Backend Backend, IReadOnlyList<Pass> Passes, bool ExportsOnnx = false)
{
    public static readonly Parameter<string> ChosenBackend = Parameter.Choice(
        "backend",
        "What computes the network: torch, TorchSharp's libtorch on CUDA or the CPU; csharp, plain C# on the CPU without a native library; or both",
        [BackendKeyword.Torch, BackendKeyword.CSharp, BackendKeyword.Both],
        BackendKeyword.Torch,
        positional: true);

    private static readonly Parameter<bool> Optimized =
        Parameter.Flag("optimize", "Arranges the forward pass so that it runs faster; without it every layer is called as the spec has it", true);

    private static readonly Parameter<bool> Onnx =
        Parameter.Flag("onnx", "Writes ExportOnnx and the verb export too, which give the network to other programs; ONNX must have a form for every layer", false);

    public static IReadOnlyList<Parameter> Settings { get; } = [ChosenBackend, Optimized, Onnx];

    /// <summary>What a spec gets that says nothing.</summary>
    public static CompilationPlan Default { get; } = new(Backend.Torch, Pass.All);

    /// <summary>The same, but every layer is called as the spec has it.</summary>
    public CompilationPlan Plain => this with { Passes = [] };

    /// <summary>The defaults where the spec says nothing, or something wrong.</summary>
    public static CompilationPlan Read(ModelSpec spec, ICollection<Finding> findings)
    {
        if (spec.Compile is not { IsReadable: true } section || SettingsBinder.Bind(section, "compile", "compile", Settings, findings) is not { } settings)
            return Default;
        var plan = Default with
        {
            Backend = settings.Get(ChosenBackend) switch { BackendKeyword.CSharp => Backend.CSharp, BackendKeyword.Both => Backend.Both, _ => Backend.Torch },
            ExportsOnnx = settings.Get(Onnx),
        };
        return settings.Get(Optimized) ? plan : plan.Plain;
    }
}

using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Graph.Passes;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>How a network is compiled.</summary>
/// <param name="Passes">What may rewrite its forward pass, in this order.</param>
internal sealed record CompilationPlan(IReadOnlyList<Pass> Passes)
{
    private static readonly Parameter<bool> Optimized =
        Parameter.Flag("optimize", "Arranges the forward pass so that it runs faster; without it every layer is called as the spec has it", true);

    public static IReadOnlyList<Parameter> Settings { get; } = [Optimized];

    /// <summary>What a spec gets that says nothing.</summary>
    public static CompilationPlan Optimizing { get; } = new(Pass.All);

    /// <summary>Every layer is called as the spec has it.</summary>
    public static CompilationPlan Plain { get; } = new([]);

    /// <summary>The defaults where the spec says nothing, or something wrong.</summary>
    public static CompilationPlan Read(ModelSpec spec, ICollection<Finding> findings) =>
        spec.Compile is { IsReadable: true } section && SettingsBinder.Bind(section, "compile", "compile", Settings, findings) is { } settings && !settings.Get(Optimized)
            ? Plain
            : Optimizing;
}

namespace ModelGen;

/// <summary>What computes a network.</summary>
public enum Backend
{
    /// <summary>TorchSharp's libtorch, on CUDA or the CPU.</summary>
    Torch,

    /// <summary>Plain C# with vector instructions, on the CPU: without TorchSharp and without a native library.</summary>
    CSharp,

    /// <summary>Both: the network is TorchSharp's, and the class <c>CSharp</c> inside of it the other one. <c>--backend csharp</c> runs that.</summary>
    Both,
}

/// <summary>How a network is compiled: <c>[Compile(Backend.CSharp)]</c>, <c>[Compile(Optimize = false)]</c>.</summary>
/// <param name="backend">What computes it.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CompileAttribute(Backend backend = Backend.Torch) : Attribute
{
    /// <summary>What computes the network. Default: TorchSharp.</summary>
    public Backend Backend { get; } = backend;

    /// <summary>
    /// Whether the forward pass may be arranged so that it runs faster: it computes the same, up to the rounding of float32. Without it every layer
    /// is called as the spec has it. Default: true. The C# backend always arranges it.
    /// </summary>
    public bool Optimize { get; set; } = true;

    /// <summary>
    /// Whether the class gets <c>ExportOnnx</c>, and its program the verb <c>export</c>, which write the network with its weights for other programs. ONNX must
    /// have a form for every layer. Default: false.
    /// </summary>
    public bool Onnx { get; set; }
}

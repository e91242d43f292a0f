using ModelGen.Graph.Kernels;

namespace ModelGen.Emit.CSharp;

/// <summary>Between the order of a caller's image, PyTorch's with its channels first, and that of the kernels, which have them last.</summary>
/// <param name="value">An input of the network, or an output.</param>
internal readonly struct ImageOrder(KernelValue value)
{
    private string Type => KernelPlan.Capitalized(value.Name) + "Order";

    /// <summary>Whether the two differ.</summary>
    public bool IsNeeded => value.Shape is { Rank: 4 } shape && shape[0] > 1 && shape[1] * shape[2] > 1;

    /// <summary>The call that gives the kernels' order to an input; its destination is missing.</summary>
    public Statement In(string input) => IsNeeded ? new(KernelWords.Namespace + $"Flatten<{KernelWords.EndConstants}.{Type}>.Backward", input) : new(input + ".CopyTo");

    /// <summary>The call that gives the caller's order to an output; its destination is missing.</summary>
    public Statement Out(Buffer output) => new(KernelWords.Namespace + $"Flatten<{KernelWords.EndConstants}.{Type}>.Forward", output);

    public void WriteConstants(CodeWriter writer)
    {
        writer.Write($"""
            /// <summary>The images of {value.Name}.</summary>
            public readonly struct {Type} : {KernelWords.Namespace}IFlatten
            """);
        using (writer.Braces())
        {
            writer.Write($"""
                public static int Height => {CSharpLiteral.Of(value.Shape[1])};
                public static int Width => {CSharpLiteral.Of(value.Shape[2])};
                public static int Channels => {CSharpLiteral.Of(value.Shape[0])};
                """);
        }
    }
}

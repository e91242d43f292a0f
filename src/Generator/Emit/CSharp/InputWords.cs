using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Training;

namespace ModelGen.Emit.CSharp;

/// <summary>How a sample of the data becomes the first value.</summary>
internal sealed class InputWords(ModelGraph graph)
{
    private TrainingPlan? Plan => graph.Training;

    private bool IsImage => graph.Input.Rank == 4;

    private string Kernel => $"{KernelWords.Namespace}{(Plan?.Table is null ? "ImageInput" : "RowInput")}<{KernelWords.EndConstants}.Input>.Forward";

    /// <summary>Whether the data's numbers are the network's.</summary>
    private bool IsCopied => Plan is { Table: not null, Mean: null };

    /// <summary>Whether there are constants that the kernel is compiled for.</summary>
    public bool HasConstants => Plan is not null && !IsCopied;

    /// <summary>The call that makes the first value of a sample of the data; its destination is missing.</summary>
    public Statement OfSample(string sample) => IsCopied ? new Statement(sample + ".CopyTo") : new Statement(Kernel, sample);

    public void WriteConstants(CodeWriter writer)
    {
        writer.Write($"""
            /// <summary>What makes the network's input of a sample.</summary>
            public readonly struct Input : {KernelWords.Namespace}{(IsImage ? "IImageInput" : "IRowInput")}
            """);
        using (writer.Braces())
        {
            if (IsImage)
            {
                writer.Write($"""
                    public static int Channels => {CSharpLiteral.Of(graph.Input[0])};
                    public static int Height => {CSharpLiteral.Of(graph.Input[1])};
                    public static int Width => {CSharpLiteral.Of(graph.Input[2])};
                    """);
            }
            else
            {
                writer.Write($"public static int Features => {CSharpLiteral.Of(graph.Input[0])};");
            }

            writer.Write($"public static global::System.ReadOnlySpan<float> Mean => [{Numbers(Plan?.Mean)}];");
            writer.Write($"public static global::System.ReadOnlySpan<float> Std => [{Numbers(Plan?.Std)}];");
        }
    }

    private static string Numbers(IReadOnlyList<double>? values) => string.Join(", ", (values ?? []).Select(CSharpLiteral.OfSingle));
}

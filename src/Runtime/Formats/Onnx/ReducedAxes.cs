using System.Runtime.InteropServices;

namespace ModelGen.Formats.Onnx;

/// <summary>Where reductions have the dimensions that they reduce: as an attribute, and from an operator set on as an input.</summary>
internal static class ReducedAxes
{
    /// <summary>The first operator set in which they are an input.</summary>
    public const int InputsSince = 18;

    /// <summary>The same graph for an older operator set.</summary>
    public static OnnxGraph AsAttributes(OnnxGraph graph, IReadOnlyDictionary<string, StoredTensor> tensors) => graph.With(
        [.. graph.Nodes.Select(node => node is { Operator: "ReduceMean" or "ReduceMax", Inputs: [var value, var axes] }
            ? new OnnxNode(
                node.Name,
                node.Operator,
                [value],
                [new("axes", MemoryMarshal.Cast<byte, long>(tensors[axes].Data.Span).ToArray()), .. node.Attributes]) { Outputs = node.Outputs }
            : node)]);
}

using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>Writes the network's ONNX graph as a table, and the method that gives it its weights.</summary>
internal static class OnnxEmitter
{
    private const string Namespace = "global::ModelGen.Formats.Onnx.";

    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph)
    {
        var plan = OnnxPlan.Of(graph);
        var classes = graph.Training?.ClassNames is { } names ? [$"Classes = [{string.Join(", ", names.Select(CSharpLiteral.Of))}],"] : Array.Empty<string>();
        return GeneratedFile.Of(spec, "Onnx", (null, ""), usings: [], writer => writer.Write($$"""
            /// <summary>Writes the network with its weights as ONNX, as it computes in evaluation. Values have the spec's names; the batch may be of any size.</summary>
            /// <param name="path">The file, usually <c>.onnx</c>; replaced if it exists.</param>
            /// <param name="options">How it is written; null takes the defaults.</param>
            /// <exception cref="global::ModelGen.ModelGenException">The file can't be written, the weights are not float32, or an option is none of ONNX.</exception>
            public void ExportOnnx(string path, {{Namespace}}OnnxOptions? options = null)
            {
                var graph = new {{Namespace}}OnnxGraph
                {
                    Name = "{{graph.Title}}",
                    Fingerprint = "{{Fingerprint.Of(graph)}}",
                    Inputs = [{{string.Join(", ", plan.Inputs.Select(Value))}}],
                    Outputs = [{{string.Join(", ", plan.Outputs.Select(Value))}}],
                    {{classes}}
                    {{List("Constants", plan.Constants.Select(Constant))}}
                    {{List("Nodes", plan.Nodes.Select(Node))}}
                };
                {{BackendWords.Of(graph.Compilation.Backend).Namespace}}OnnxExport.Write(this, graph, path, options);
            }
            """));
    }

    private static IReadOnlyList<string> List(string property, IEnumerable<string> items)
    {
        var lines = items.Select(item => $"    {item},").ToArray();
        return lines.Length == 0 ? [] : [$"{property} =", "[", .. lines, "],"];
    }

    private static string Value(OnnxValue value) =>
        $"new({Literal(value.Name)}, {Literal(value.Shape.Sizes.ToArray())}{(value.Shape.IsIndices ? ", isIndices: true" : "")})";

    private static string Constant(OnnxConstant constant) =>
        $"{Namespace}OnnxConstant.{constant.Factory}({string.Join(", ", constant.Arguments.Select(Literal).Prepend(Literal(constant.Name)))})";

    private static string Node(OnnxNode node)
    {
        var attributes = node.Attributes.Count == 0 ? ""
            : $", [{string.Join(", ", node.Attributes.Select(attribute => $"new({Literal(attribute.Name)}, {Literal(attribute.Value)})"))}]";
        var outputs = node.Outputs.Count == 1 && node.Outputs[0] == node.Name ? "" : $" {{ Outputs = {Literal(node.Outputs.ToArray())} }}";
        return $"new({Literal(node.Name)}, {Literal(node.Operator)}, {Literal(node.Inputs.ToArray())}{attributes}){outputs}";
    }

    private static string Literal(object value) => value switch
    {
        long[] numbers => $"[{string.Join(", ", numbers.Select(CSharpLiteral.Of))}]",
        string[] texts => $"[{string.Join(", ", texts.Select(CSharpLiteral.Of))}]",
        _ => CSharpLiteral.Of(value),
    };
}

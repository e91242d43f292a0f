using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;

namespace ModelGen.Graph.Checks;

/// <summary>A network that is to be written as ONNX has a form for each of its layers, as it is set.</summary>
internal static class OnnxFormsMissing
{
    public static IEnumerable<Finding> Check(ModelGraph graph) => !graph.Compilation.ExportsOnnx
        ? []
        : OnnxPlan.Missing(graph).Select(layer => Finding.Of(
            Rules.OnnxFormMissing, layer.Node.Place.Path,
            $"there is no form for layer '{layer.Key}' ({layer.Node.Kind.Keyword} of {layer.Node.Input}) as it is set: take onnx out of 'compile', or put another layer there"));
}

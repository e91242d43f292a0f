using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Graph.Checks;

/// <summary>A network that is compiled to plain C# trains in float32: its kernels have no other.</summary>
internal static class PrecisionMissing
{
    public static IEnumerable<Finding> Check(ModelGraph graph) =>
        graph.Compilation.Backend != Backend.Torch && graph.Training?.Recipe.Precision is { IsAutocast: true } precision
            ? [Conflict.Of(TrainingParameters.Precision, $"The backend csharp computes in float32, and the precision is '{precision.Keyword}'")]
            : [];
}

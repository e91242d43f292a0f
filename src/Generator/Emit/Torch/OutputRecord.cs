using System.Linq;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Emit.Torch;

/// <summary>Writes the record that holds the outputs of a network that has several.</summary>
internal static class OutputRecord
{
    public static void Write(CodeWriter writer, ModelGraph graph, ModelSpec spec)
    {
        var names = spec.Outputs!.Items.Select(name => LayerName.Of(name.Text).Member).ToArray();
        writer.Line();
        writer.Write("/// <summary>What the network gives. Whoever takes it disposes it.</summary>");
        for (var i = 0; i < names.Length; i++)
            writer.Write($"/// <param name=\"{names[i]}\">{graph.Root.ShapeOf(graph.Root.Outputs[i])}, float32.</param>");
        writer.Write($"public readonly record struct Output({string.Join(", ", names.Select(name => $"{ClassEmitter.Tensor} {name}"))}) : global::System.IDisposable");
        using (writer.Braces())
        {
            writer.Write("/// <summary>Frees all of them.</summary>");
            writer.Write("public void Dispose()");
            using (writer.Braces())
            {
                foreach (var name in names)
                    writer.Write($"{name}.Dispose();");
            }
        }
    }
}

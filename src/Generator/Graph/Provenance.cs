using System.Collections.Generic;

namespace ModelGen.Graph;

/// <summary>Where a shape came from, in words: whoever reads "receives [N, 1568]" asks which layer made it so.</summary>
internal static class Provenance
{
    /// <summary>The shape behind <paramref name="before"/>, with the layer that gave it.</summary>
    /// <param name="shape">The shape, for a network of no layers the input's.</param>
    /// <param name="before">The layers that it went through.</param>
    public static string Of(TensorShape shape, IReadOnlyList<GraphNode> before)
    {
        var maker = Maker(before, before.Count);
        if (maker < 0)
            return $"the input {shape}";
        if (before[maker].Kind.Participle is not { } participle)
            return $"{shape} from '{before[maker].Name.Key}'";

        // Its numbers are another layer's: name that one too.
        var source = before[maker].Input;
        var earlier = Maker(before, maker);
        return $"{shape} ({(earlier < 0 ? $"the input {source}" : $"'{before[earlier].Name.Key}' gives {source}")}, {participle})";
    }

    /// <summary>The last layer before <paramref name="end"/> that gave its input another shape, or another meaning; -1 for the network's input.</summary>
    public static int Maker(IReadOnlyList<GraphNode> nodes, int end)
    {
        var index = end - 1;
        while (index >= 0 && nodes[index].Output == nodes[index].Input && nodes[index].Kind.Width is null)
            index--;
        return index;
    }
}

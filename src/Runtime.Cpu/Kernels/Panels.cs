using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Weights in groups of <see cref="Columns"/>, <c>[columns / width][depth][width]</c>.</summary>
internal static class Panels
{
    /// <summary>Multiplies each column's weights by its factor.</summary>
    /// <param name="panels">The weights.</param>
    /// <param name="depth">Weights of a column.</param>
    /// <param name="factors">One for each column.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public static void Scale(Span<float> panels, int depth, ReadOnlySpan<float> factors, int lanes)
    {
        var width = 0;
        for (var first = 0; first < factors.Length; first += width)
        {
            width = Columns.Next(factors.Length - first, lanes);
            var panel = panels.Slice(depth * first, depth * width);
            for (var i = 0; i < panel.Length; i++)
                panel[i] *= factors[first + (i % width)];
        }
    }
}

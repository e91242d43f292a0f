using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>How a sample's values lie in the memory of the C# backend: an image with its channels last, everything else row by row.</summary>
internal static class MemoryOrder
{
    /// <summary>The indices of a shape's dimensions as they lie, the last one side by side.</summary>
    public static int[] Of(TensorShape shape) => shape.Rank == 4 ? [1, 2, 0] : [.. Enumerable.Range(0, shape.Sizes.Count)];

    /// <summary>The sizes as they lie.</summary>
    public static long[] Sizes(TensorShape shape) => [.. Of(shape).Select(index => shape[index])];

    /// <summary>A shape as <c>[outer, length, inner]</c> around one of its dimensions.</summary>
    public static (string Name, object Value)[] Around(TensorShape shape, int dimension) => Around(shape, [dimension])!;

    /// <summary>The same around several; null unless they lie side by side.</summary>
    public static (string Name, object Value)[]? Around(TensorShape shape, IReadOnlyCollection<int> dimensions)
    {
        var order = Of(shape);
        var first = order.TakeWhile(index => !dimensions.Contains(index)).Count();
        var own = order.Skip(first).Take(dimensions.Count).ToArray();
        if (!own.All(dimensions.Contains))
            return null;
        return
        [
            .. Kernel.Unless(1, ("Outer", Product(shape, order.Take(first)))),
            ("Length", Product(shape, own)),
            .. Kernel.Unless(1, ("Inner", Product(shape, order.Skip(first + own.Length)))),
        ];
    }

    /// <summary>Whether the other dimensions lie in the output as in the input.</summary>
    public static bool Keeps(TensorShape input, IReadOnlyCollection<int> gone, TensorShape output)
    {
        if (output.Rank == input.Rank)
            return true;
        var left = Enumerable.Range(0, input.Sizes.Count).Where(index => !gone.Contains(index)).ToArray();
        return Of(input).Where(index => !gone.Contains(index)).SequenceEqual(Of(output).Select(index => left[index]));
    }

    /// <summary>The kernel that brings the dimensions of an input into another order, as they lie; none where nothing moves.</summary>
    /// <param name="sizes">The input's sizes as they lie.</param>
    /// <param name="order">Which of them the output's are.</param>
    public static Kernel Permute(IReadOnlyList<long> sizes, IReadOnlyList<int> order)
    {
        // Dimensions of one value may stand anywhere.
        var moved = order.Where(index => sizes[index] > 1).ToArray();
        return moved.Zip(moved.Skip(1), (one, next) => one < next).All(isOrdered => isOrdered)
            ? Kernel.Alias
            : new Kernel("Permute", KernelForm.Plain, ("Sizes", sizes.ToArray()), ("Order", order.Select(index => (long)index).ToArray()))
            { Reads = KernelReads.Nothing };
    }

    /// <summary>The kernel for the same values, in PyTorch's order, under other sizes; null where an image becomes another image.</summary>
    public static Kernel? Reshape(TensorShape input, TensorShape output)
    {
        if (input.Sizes.SequenceEqual(output.Sizes))
            return Kernel.Alias;
        if (Inverse(input).Form == KernelForm.Alias)
            return output.Rank == 4 ? Permute([.. output.Sizes], Of(output)) : Kernel.Alias;
        return output.Rank != 4 || Permute([.. output.Sizes], Of(output)).Form == KernelForm.Alias ? Inverse(input) : null;
    }

    // From memory to PyTorch's order.
    private static Kernel Inverse(TensorShape shape) =>
        Permute(Sizes(shape), [.. Enumerable.Range(0, shape.Sizes.Count).Select(index => Of(shape).ToList().IndexOf(index))]);

    private static long Product(TensorShape shape, IEnumerable<int> dimensions) => dimensions.Aggregate(1L, (product, index) => checked(product * shape[index]));
}

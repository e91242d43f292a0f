namespace ModelGen.Formats;

/// <summary>What PyTorch's <c>optimizer.state_dict()</c> has: numbers by group, and tensors by the number of their parameter.</summary>
/// <param name="Groups">The groups of <c>param_groups</c>. Their parameters are numbered through, from 0.</param>
/// <param name="States">
/// What is remembered of a parameter, by its number: PyTorch's name with the tensor, or null where the file says None. A number, such as an old file's
/// <c>step</c>, is a float64 tensor [].
/// </param>
internal sealed record OptimizerStateDict(IReadOnlyList<OptimizerGroup> Groups, IReadOnlyDictionary<int, IReadOnlyDictionary<string, StoredTensor?>> States)
{
    /// <summary>The number that a tensor of one element holds; null for what no count and no learning rate is kept in.</summary>
    public static double? Number(StoredTensor tensor)
    {
        var bytes = tensor.Data.Span;
        return bytes.Length != tensor.Type.ByteSize() ? null : tensor.Type switch
        {
            ElementType.Float32 => BitConverter.ToSingle(bytes),
            ElementType.Float64 => BitConverter.ToDouble(bytes),
            ElementType.Int64 => BitConverter.ToInt64(bytes),
            ElementType.Int32 => BitConverter.ToInt32(bytes),
            _ => null,
        };
    }
}

/// <summary>A group of <c>param_groups</c>: parameters that have the same numbers.</summary>
/// <param name="Settings">The numbers by PyTorch's keys, in the file's order: a double, a bool, or an array of doubles. What is nothing of these is left out.</param>
/// <param name="Count">How many parameters it has.</param>
internal sealed record OptimizerGroup(IReadOnlyList<KeyValuePair<string, object>> Settings, int Count);

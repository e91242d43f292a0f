using System.Runtime.InteropServices;
using ModelGen.Formats;

namespace ModelGen.Cpu;

/// <summary>A tensor in use, that a file's values can be copied out of or into.</summary>
/// <param name="Slot">Its key in the file, its element type and its shape.</param>
/// <param name="Memory">Its elements, row-major.</param>
internal sealed record LiveTensor(TensorSlot Slot, TensorMemory Memory)
{
    /// <summary>A network's parameter or buffer.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="prefix">What the file has before its key.</param>
    public static LiveTensor Of(Parameter parameter, string prefix = "") => parameter.IsCount
        ? new(new TensorSlot(prefix + parameter.Name, ElementType.Int64, []), () => MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref parameter.Count, 1)))
        : Of(prefix + parameter.Name, parameter.Shape, parameter.Values);

    /// <summary>Float32 values under a key of their own.</summary>
    public static LiveTensor Of(string name, IReadOnlyList<int> shape, float[] values) =>
        new(new TensorSlot(name, ElementType.Float32, [.. shape.Select(size => (long)size)]), () => MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>It as a file has it: the memory itself, which goes on changing.</summary>
    public StateDictEntry Live() => new(Slot.Name, new StoredTensor(Slot.Type, Slot.Shape, new LiveMemory(Memory).Memory));

    /// <summary>Copies the values of a state_dict into tensors, or, when they don't fit, changes nothing.</summary>
    /// <param name="state">The values.</param>
    /// <param name="targets">The tensors.</param>
    /// <param name="source">Where the values come from, for messages.</param>
    /// <param name="isPartial">Whether what does not fit is left.</param>
    /// <returns>Notes on what was converted or left as it was.</returns>
    /// <exception cref="ModelGenException">Tensors are missing, unexpected or of another shape: the message lists them.</exception>
    public static IReadOnlyList<string> Copy(StateDict state, IReadOnlyList<LiveTensor> targets, string source, bool isPartial = false)
    {
        var slots = targets.Select(target => target.Slot).ToList();
        var (stored, notes) = isPartial ? StateFit.Part(state, slots, source) : StateFit.Check(state, slots, source);
        foreach (var target in targets)
        {
            if (stored.TryGetValue(target.Slot.Name, out var tensor))
                Elements.Convert(tensor.Data.Span, tensor.Type, target.Memory(), target.Slot.Type);
        }

        return notes;
    }
}

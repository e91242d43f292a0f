using ModelGen.Reporting;

namespace ModelGen.Formats;

/// <summary>A tensor that a network has room for: its key, element type and shape, without its values.</summary>
internal readonly record struct TensorSlot(string Name, ElementType Type, IReadOnlyList<long> Shape);

/// <summary>Whether the tensors of a file are those of a network, and in which words they are not.</summary>
internal static class StateFit
{
    /// <summary>PyTorch's name for the count of batches that a batch norm has seen. Files from before PyTorch 0.4.1 lack it.</summary>
    private const string BatchCount = "num_batches_tracked";

    /// <summary>The most parts of a path that a wrapper is taken to have put before it: <c>module.</c>, <c>model._orig_mod.</c>.</summary>
    private const int MaxPrefixParts = 3;

    /// <summary>Refuses tensors that are not the network's by name and shape. Element types may differ.</summary>
    /// <param name="state">The tensors of the file.</param>
    /// <param name="slots">Those of the network.</param>
    /// <param name="source">Where the tensors come from, for messages.</param>
    /// <returns>The file's tensors by their names, and notes on what will be converted or left as it was.</returns>
    /// <exception cref="ModelGenException">Tensors are missing, unexpected or of another shape: the message lists them.</exception>
    public static (IReadOnlyDictionary<string, StoredTensor> Tensors, IReadOnlyList<string> Notes) Check(StateDict state, IReadOnlyList<TensorSlot> slots, string source)
    {
        var stored = state.Entries.ToDictionary(entry => entry.Name, entry => entry.Tensor, StringComparer.Ordinal);
        var missing = slots.Where(slot => !stored.ContainsKey(slot.Name) && !IsBatchCount(slot.Name)).Select(slot => slot.Name);
        var unexpected = stored.Keys.Except(slots.Select(slot => slot.Name), StringComparer.Ordinal);
        var misshaped = slots.Where(slot => stored.TryGetValue(slot.Name, out var tensor) && !tensor.Shape.SequenceEqual(slot.Shape))
            .Select(slot => Differs(slot, stored[slot.Name]));
        string[] differences = [List("it lacks ", missing), List("it has the unexpected ", unexpected), Quantity.Listed(misshaped)];
        if (string.Join("; ", differences.Where(difference => difference.Length > 0)) is { Length: > 0 } all)
            throw new ModelGenException($"'{source}' does not fit this network: {all}. Nothing was loaded: {Remedy(stored, slots)}.");
        return (stored, Notes(stored, slots));
    }

    /// <summary>Takes the tensors that are the network's by name and shape, and leaves all others.</summary>
    /// <param name="state">The tensors of the file.</param>
    /// <param name="slots">Those of the network.</param>
    /// <param name="source">Where the tensors come from, for messages.</param>
    /// <returns>The tensors to take by their names, and notes on what is taken, what is not and why, and what will be converted.</returns>
    /// <exception cref="ModelGenException">Nothing fits: the message says what is there.</exception>
    public static (IReadOnlyDictionary<string, StoredTensor> Tensors, IReadOnlyList<string> Notes) Part(StateDict state, IReadOnlyList<TensorSlot> slots, string source)
    {
        var stored = state.Entries.ToDictionary(entry => entry.Name, entry => entry.Tensor, StringComparer.Ordinal);
        var fitting = slots.Where(slot => stored.TryGetValue(slot.Name, out var tensor) && tensor.Shape.SequenceEqual(slot.Shape)).ToList();
        // A counter has one shape in all networks.
        if (fitting.All(slot => IsBatchCount(slot.Name)))
        {
            throw new ModelGenException(
                $"'{source}' has nothing that this network can take: {List("it has ", stored.Keys)}, and the network takes {Quantity.Listed(slots.Select(slot => slot.Name))}. Nothing was loaded: {Remedy(stored, slots)}.");
        }

        var misshaped = slots.Except(fitting).Where(slot => stored.ContainsKey(slot.Name)).ToList();
        var missing = slots.Where(slot => !stored.ContainsKey(slot.Name)).Select(slot => slot.Name).ToList();
        var unexpected = stored.Keys.Except(slots.Select(slot => slot.Name), StringComparer.Ordinal).ToList();
        var taken = fitting.ToDictionary(slot => slot.Name, slot => stored[slot.Name], StringComparer.Ordinal);
        string[] notes =
        [
            $"took {fitting.Count} of the network's {Quantity.Counted(slots.Count, "tensor")}: {Quantity.Listed(fitting.Select(slot => slot.Name))}",
            misshaped.Count == 0
                ? ""
                : $"left {Quantity.Counted(misshaped.Count, "tensor")} as made, of another shape in the file: {Quantity.Listed(misshaped.Select(slot => Differs(slot, stored[slot.Name])))}",
            missing.Count == 0
                ? ""
                : $"left {Quantity.Counted(missing.Count, "tensor")} as made, which the file lacks: {Quantity.Listed(missing)}",
            unexpected.Count == 0
                ? ""
                : $"left {Quantity.Counted(unexpected.Count, "tensor")} of the file, which the network lacks: {Quantity.Listed(unexpected)}",
            .. Conversions(taken, fitting),
        ];
        return (taken, [.. notes.Where(note => note.Length > 0)]);
    }

    /// <summary>Sizes as messages have them: <c>[16, 3, 5, 5]</c>.</summary>
    public static string Shape(IEnumerable<long> sizes) => $"[{string.Join(", ", sizes)}]";

    private static IReadOnlyList<string> Notes(Dictionary<string, StoredTensor> stored, IReadOnlyList<TensorSlot> slots)
    {
        var found = slots.Where(slot => stored.ContainsKey(slot.Name)).ToList();
        var notes = Conversions(stored, found);
        var kept = slots.Count - found.Count;
        return kept == 0 ? [.. notes] : [.. notes, $"kept {Quantity.Counted(kept, BatchCount + " counter")} that the file does not have"];
    }

    private static IEnumerable<string> Conversions(Dictionary<string, StoredTensor> stored, IEnumerable<TensorSlot> found) => found
        .Select(slot => (From: stored[slot.Name].Type, To: slot.Type))
        .Where(types => types.From != types.To)
        .CountBy(types => types)
        .Select(types => $"converted {Quantity.Counted(types.Value, "tensor")} from {types.Key.From.TorchName()} to {types.Key.To.TorchName()}");

    private static string Differs(TensorSlot slot, StoredTensor stored) => $"{slot.Name} is {Shape(stored.Shape)} in the file but {Shape(slot.Shape)} in the network";

    private static string Remedy(Dictionary<string, StoredTensor> stored, IReadOnlyList<TensorSlot> slots) =>
        CommonPrefix(stored, slots.Select(slot => slot.Name).ToHashSet(StringComparer.Ordinal)) is { } prefix
            ? $"all its names begin with '{prefix}', which --strip-prefix {prefix} takes off"
            : "use weights that the same network saved";

    /// <summary>The first parts of a path that all names of a file begin with and without which some are the network's own; null when there are none.</summary>
    private static string? CommonPrefix(Dictionary<string, StoredTensor> stored, HashSet<string> own)
    {
        if (stored.Count == 0)
            return null;
        var first = stored.Keys.First();
        return Enumerable.Range(1, MaxPrefixParts)
            .Select(parts => string.Concat(first.Split('.', parts + 1)[..^1].Select(part => part + ".")))
            .FirstOrDefault(prefix => prefix.Length > 0
                && stored.Keys.All(name => name.StartsWith(prefix, StringComparison.Ordinal))
                && stored.Keys.Any(name => own.Contains(name[prefix.Length..])));
    }

    private static string List(string what, IEnumerable<string> items)
    {
        var list = Quantity.Listed(items);
        return list.Length == 0 ? "" : what + list;
    }

    private static bool IsBatchCount(string name) => name == BatchCount || name.EndsWith("." + BatchCount, StringComparison.Ordinal);
}

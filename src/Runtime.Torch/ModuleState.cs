using ModelGen.Formats;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>The tensors of a module, as PyTorch's <c>Module.state_dict()</c> names and orders them.</summary>
internal static class ModuleState
{
    /// <summary>PyTorch's name for the count of batches that a batch norm has seen. Files from before PyTorch 0.4.1 lack it.</summary>
    private const string BatchCount = "num_batches_tracked";

    /// <summary>The most tensors that a message lists of a kind: a deep network has hundreds, and a damaged file any number.</summary>
    private const int MaxListed = 20;

    /// <summary>The most parts of a path that a wrapper is taken to have put before it: <c>module.</c>, <c>model._orig_mod.</c>.</summary>
    private const int MaxPrefixParts = 3;

    /// <summary>Copies a module's parameters and persistent buffers out of it.</summary>
    /// <exception cref="ModelGenException">A tensor has an element type that a state_dict file can't hold, or the network was folded.</exception>
    public static StateDict Read(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        BatchNorms.RefuseFolded(module);
        using var scope = NewDisposeScope();
        using var noGrad = torch.no_grad();
        var modules = Modules(module, "").ToList();

        // A tied weight is one tensor under two names, and stays one.
        var read = new Dictionary<Tensor, StoredTensor>(ReferenceEqualityComparer.Instance);
        return new StateDict(
            [.. modules.SelectMany(Tensors).Select(item => new StateDictEntry(item.Name, ReadOnce(item.Name, item.Tensor)))],
            [.. modules.Select(item => KeyValuePair.Create(item.Path, Version(item.Module)))]);

        StoredTensor ReadOnce(string name, Tensor tensor)
        {
            if (!read.TryGetValue(tensor, out var stored))
                read.Add(tensor, stored = Read(name, tensor).Tensor);
            return stored;
        }
    }

    /// <summary>Copies the values of a state_dict into a module's own tensors, or, when it doesn't fit, changes nothing.</summary>
    /// <param name="state">The values.</param>
    /// <param name="module">The module.</param>
    /// <param name="source">Where the values come from, for messages.</param>
    /// <returns>Notes on what was converted or left as it was.</returns>
    /// <exception cref="ModelGenException">Tensors are missing, unexpected or of another shape: the message lists them.</exception>
    public static IReadOnlyList<string> Copy(StateDict state, nn.Module module, string source)
    {
        ArgumentNullException.ThrowIfNull(module);
        BatchNorms.RefuseFolded(module);
        return Copy(state, [.. Tensors(module)], source);
    }

    /// <summary>The same for tensors by their names.</summary>
    public static IReadOnlyList<string> Copy(StateDict state, IReadOnlyList<(string Name, Tensor Tensor)> targets, string source)
    {
        var stored = state.Entries.ToDictionary(entry => entry.Name, entry => entry.Tensor, StringComparer.Ordinal);
        Check(stored, targets, source);

        using var scope = NewDisposeScope();
        using var noGrad = torch.no_grad();
        var found = targets.Where(target => stored.ContainsKey(target.Name)).ToList();
        foreach (var (name, target) in found)
            CopyInto(target, stored[name]);

        var notes = found.Select(target => (From: stored[target.Name].Type, To: Elements.TypeOf(target.Name, target.Tensor)))
            .Where(types => types.From != types.To)
            .CountBy(types => types)
            .Select(types => $"converted {Count(types.Value, "tensor")} from {Elements.NameOf(types.Key.From)} to {Elements.NameOf(types.Key.To)}");
        var kept = targets.Count - found.Count;
        return kept == 0 ? [.. notes] : [.. notes, $"kept {Count(kept, BatchCount + " counter")} that the file does not have"];
    }

    /// <summary>The module's own tensors, uncopied, by PyTorch's names and in its order.</summary>
    public static IEnumerable<(string Name, Tensor Tensor)> Tensors(nn.Module module) => Modules(module, "").SelectMany(Tensors);

    private static void Check(Dictionary<string, StoredTensor> stored, IReadOnlyList<(string Name, Tensor Tensor)> targets, string source)
    {
        var missing = targets.Where(target => !stored.ContainsKey(target.Name) && !IsBatchCount(target.Name)).Select(target => target.Name);
        var unexpected = stored.Keys.Except(targets.Select(target => target.Name), StringComparer.Ordinal);
        var misshaped = targets.Where(target => stored.TryGetValue(target.Name, out var tensor) && !tensor.Shape.SequenceEqual(target.Tensor.shape))
            .Select(target => $"{target.Name} is {Shape(stored[target.Name].Shape)} in the file but {Shape(target.Tensor.shape)} in the network");
        string[] differences = [List("it lacks ", missing), List("it has the unexpected ", unexpected), List("", misshaped)];
        if (string.Join("; ", differences.Where(difference => difference.Length > 0)) is { Length: > 0 } all)
            throw new ModelGenException($"'{source}' does not fit this network: {all}. Nothing was loaded: {Remedy(stored, targets)}.");
    }

    private static string Remedy(Dictionary<string, StoredTensor> stored, IReadOnlyList<(string Name, Tensor Tensor)> targets) =>
        CommonPrefix(stored, targets.Select(target => target.Name).ToHashSet(StringComparer.Ordinal)) is { } prefix
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
        var all = items.ToList();
        var more = all.Count > MaxListed ? FormattableString.Invariant($" and {all.Count - MaxListed} more") : "";
        return all.Count == 0 ? "" : what + string.Join(", ", all.Take(MaxListed)) + more;
    }

    private static void CopyInto(Tensor target, StoredTensor stored)
    {
        using var source = torch.empty(stored.Shape.ToArray(), Elements.ScalarOf(stored.Type));
        var memory = source.bytes;
        if (stored.Data.Length != memory.Length)
            throw new ArgumentException($"A {Shape(stored.Shape)} tensor has {memory.Length} bytes, not {stored.Data.Length}.", nameof(stored));
        stored.Data.Span.CopyTo(memory);
        target.copy_(source);
    }

    /// <summary>Copies one tensor.</summary>
    /// <exception cref="ModelGenException">It has an element type that a state_dict file can't hold.</exception>
    public static StateDictEntry Read(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return new(name, new StoredTensor(Elements.TypeOf(name, tensor), tensor.shape, tensor.detach().cpu().contiguous().bytes.ToArray()));
    }

    /// <summary>A module and all below it, each before its children: PyTorch's order.</summary>
    private static IEnumerable<(string Path, nn.Module Module)> Modules(nn.Module module, string path) =>
        module.named_children()
            .SelectMany(child => Modules(child.module, path.Length == 0 ? child.name : $"{path}.{child.name}"))
            .Prepend((path, module));

    /// <summary>
    /// A module's own tensors: its parameters, then its persistent buffers. (TorchSharp's state_dict lists a whole network's
    /// parameters first.)
    /// </summary>
    private static IEnumerable<(string Name, Tensor Tensor)> Tensors((string Path, nn.Module Module) item) =>
        item.Module.named_parameters(recurse: false).Select(parameter => (parameter.name, (Tensor)parameter.parameter))
            .Concat(item.Module.named_buffers(recurse: false, include_nonpersistent: false).Select(buffer => (buffer.name, buffer.buffer)))
            .Select(tensor => (item.Path.Length == 0 ? tensor.name : $"{item.Path}.{tensor.name}", tensor.Item2));

    /// <summary>PyTorch's <c>_version</c>: 2 for batch and instance norm since they count their batches, 1 for the rest.</summary>
    private static int Version(nn.Module module) => module is NormBase ? 2 : 1;

    private static bool IsBatchCount(string name) => name == BatchCount || name.EndsWith("." + BatchCount, StringComparison.Ordinal);

    private static string Shape(IEnumerable<long> sizes) => $"[{string.Join(", ", sizes)}]";

    private static string Count(int count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");
}

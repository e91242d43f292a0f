using ModelGen.Formats;
using ModelGen.Reporting;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>The tensors of a module, as PyTorch's <c>Module.state_dict()</c> names and orders them.</summary>
internal static class ModuleState
{
    /// <summary>
    /// A module's parameters and persistent buffers. What is on the CPU is the module's own memory, which goes on changing: write it before it does. What is on
    /// another device is copied.
    /// </summary>
    /// <exception cref="ModelGenException">A tensor has an element type that a state_dict file can't hold or is larger than 2 GiB, or the network was folded.</exception>
    public static StateDict Live(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        BatchNorms.RefuseFolded(module);
        var modules = Modules(module, "").ToList();

        // A tied weight is one tensor under two names, and stays one.
        var known = new Dictionary<Tensor, StoredTensor>(ReferenceEqualityComparer.Instance);
        return new StateDict(
            [.. modules.SelectMany(Tensors).Select(item => new StateDictEntry(item.Name, Once(item.Name, item.Tensor)))],
            [.. modules.Select(item => KeyValuePair.Create(item.Path, Version(item.Module)))]);

        StoredTensor Once(string name, Tensor tensor)
        {
            if (!known.TryGetValue(tensor, out var stored))
                known.Add(tensor, stored = Live(name, tensor).Tensor);
            return stored;
        }
    }

    /// <summary>Copies the values of a state_dict into a module's own tensors, or, when it doesn't fit, changes nothing.</summary>
    /// <param name="state">The values.</param>
    /// <param name="module">The module.</param>
    /// <param name="source">Where the values come from, for messages.</param>
    /// <param name="isPartial">Whether what does not fit is left.</param>
    /// <returns>Notes on what was converted or left as it was.</returns>
    /// <exception cref="ModelGenException">Tensors are missing, unexpected or of another shape: the message lists them.</exception>
    public static IReadOnlyList<string> Copy(StateDict state, nn.Module module, string source, bool isPartial = false)
    {
        ArgumentNullException.ThrowIfNull(module);
        BatchNorms.RefuseFolded(module);
        return Copy(state, [.. Tensors(module)], source, isPartial);
    }

    /// <summary>The same for tensors by their names.</summary>
    public static IReadOnlyList<string> Copy(StateDict state, IReadOnlyList<(string Name, Tensor Tensor)> targets, string source, bool isPartial = false)
    {
        var slots = targets.Select(target => new TensorSlot(target.Name, Elements.TypeOf(target.Name, target.Tensor), target.Tensor.shape)).ToList();
        var (stored, notes) = isPartial ? StateFit.Part(state, slots, source) : StateFit.Check(state, slots, source);

        using var scope = NewDisposeScope();
        using var noGrad = torch.no_grad();
        foreach (var (name, target) in targets.Where(target => stored.ContainsKey(target.Name)))
            CopyInto(target, stored[name]);
        return notes;
    }

    /// <summary>The module's own tensors, uncopied, by PyTorch's names and in its order.</summary>
    public static IEnumerable<(string Name, Tensor Tensor)> Tensors(nn.Module module) => Modules(module, "").SelectMany(Tensors);

    /// <summary>A module and all below it, each before its children: PyTorch's order.</summary>
    public static IEnumerable<(string Path, nn.Module Module)> Modules(nn.Module module, string path) =>
        module.named_children()
            .SelectMany(child => Modules(child.module, path.Length == 0 ? child.name : $"{path}.{child.name}"))
            .Prepend((path, module));

    private static void CopyInto(Tensor target, StoredTensor stored)
    {
        using var source = torch.empty(stored.Shape.ToArray(), Elements.ScalarOf(stored.Type));
        var memory = source.bytes;
        if (stored.Data.Length != memory.Length)
            throw new ArgumentException($"A {StateFit.Shape(stored.Shape)} tensor has {memory.Length} bytes, not {stored.Data.Length}.", nameof(stored));
        stored.Data.Span.CopyTo(memory);
        target.copy_(source);
    }

    /// <summary>One tensor: its own memory where that is on the CPU and in order, else a copy.</summary>
    /// <exception cref="ModelGenException">It has an element type that a state_dict file can't hold, or is larger than 2 GiB.</exception>
    public static StateDictEntry Live(string name, Tensor tensor)
    {
        var type = Elements.TypeOf(name, tensor);
        if (type.ByteSize(tensor.shape) is var size && size > Array.MaxLength)
            throw new ModelGenException(
                $"The tensor '{name}' takes {Quantity.Count((long)size)} bytes, but files are written of tensors of up to 2 GiB: split its layer.");
        return tensor.device_type == DeviceType.CPU && tensor.is_contiguous()
            ? new(name, new StoredTensor(type, tensor.shape, new LiveMemory(() => tensor.bytes).Memory))
            : Read(name, tensor);
    }

    /// <summary>Copies one tensor.</summary>
    /// <exception cref="ModelGenException">It has an element type that a state_dict file can't hold.</exception>
    public static StateDictEntry Read(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return new(name, new StoredTensor(Elements.TypeOf(name, tensor), tensor.shape, tensor.detach().cpu().contiguous().bytes.ToArray()));
    }

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
}

namespace ModelGen.Formats.Onnx;

/// <summary>Files of ONNX (https://onnx.ai): a graph of operators with its weights, in one message of Protocol Buffers.</summary>
internal static class OnnxFile
{
    /// <summary>The bytes of one message (https://protobuf.dev/programming-guides/proto-limits).</summary>
    private const long MostBytes = int.MaxValue;

    /// <summary>
    /// Writes a network, atomically; the same one gives the same bytes. What is more than one message can hold has its tensors in a second file beside it, see
    /// <see cref="OnnxData"/>. Whoever reads meanwhile finds a graph with its own tensors, or none.
    /// </summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="graph">The network.</param>
    /// <param name="state">Its weights.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="mostBytes">The bytes that the file may have with its tensors.</param>
    /// <exception cref="ModelGenException">A file can't be written, a weight is not float32, or an option is none of ONNX.</exception>
    public static void Write(string path, OnnxGraph graph, StateDict state, OnnxOptions options, long mostBytes = MostBytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (options.Opset is < OnnxOptions.LeastOpset or > OnnxOptions.MostOpset)
            throw new ModelGenException($"There is no operator set {options.Opset} to write: choose one of {OnnxOptions.LeastOpset} to {OnnxOptions.MostOpset}.");
        var tensors = Tensors(graph, state);
        if (options.FoldBatchNorm)
            graph = BatchNormFolding.Fold(graph, tensors);
        if (options.Opset < ReducedAxes.InputsSince)
            graph = ReducedAxes.AsAttributes(graph, tensors);
        var used = graph.Nodes.SelectMany(node => node.Inputs).ToHashSet(StringComparer.Ordinal);
        var written = tensors.Where(tensor => used.Contains(tensor.Key)).ToList();
        var model = OnnxWriter.Model(graph, written, options);
        var dataPath = path + OnnxData.Ending;
        var replacesPair = File.Exists(path) && File.Exists(dataPath);
        if (model.Length <= mostBytes)
        {
            AtomicFile.Write(path, model.WriteTo);
            if (replacesPair)
                AtomicFile.Delete(dataPath);
            return;
        }

        var data = new OnnxData(path, written);
        model = OnnxWriter.Model(graph, written, options, data);
        AtomicFile.Write(dataPath, stream =>
        {
            data.WriteTo(stream);
            stream.Flush();
            // The earlier graph would take the new tensors for its own; until they are written it is kept, for when the disk is full.
            if (replacesPair)
                File.Delete(path);
        });
        AtomicFile.Write(path, model.WriteTo);
    }

    /// <summary>The constants and the weights that the nodes take, in the order in which they take them.</summary>
    private static OrderedDictionary<string, StoredTensor> Tensors(OnnxGraph graph, StateDict state)
    {
        var constants = graph.Constants.ToDictionary(constant => constant.Name, constant => constant.Tensor, StringComparer.Ordinal);
        var weights = state.Entries.ToDictionary(entry => entry.Name, entry => entry.Tensor, StringComparer.Ordinal);
        var given = graph.Inputs.Select(input => input.Name).Concat(graph.Nodes.SelectMany(node => node.Outputs)).ToHashSet(StringComparer.Ordinal);
        var tensors = new OrderedDictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var name in graph.Nodes.SelectMany(node => node.Inputs).Where(name => name.Length > 0 && !given.Contains(name)))
        {
            if (!constants.TryGetValue(name, out var tensor))
                tensor = Weight(name, weights);
            tensors.TryAdd(name, tensor);
        }

        return tensors;
    }

    private static StoredTensor Weight(string name, Dictionary<string, StoredTensor> weights)
    {
        if (!weights.TryGetValue(name, out var weight))
            throw new ModelGenException($"The network has no tensor '{name}': export it as it was built, with all of its layers.");
        return weight.Type == ElementType.Float32
            ? weight
            : throw new ModelGenException(
                $"The tensor '{name}' is {weight.Type.TorchName()}, but ONNX files are written of float32: move the network to float32 before.");
    }
}

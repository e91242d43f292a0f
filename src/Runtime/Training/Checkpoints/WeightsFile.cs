using ModelGen.Formats;

namespace ModelGen.Training.Checkpoints;

/// <summary>A network's weights in a file of any format: safetensors where its name ends in <c>.safetensors</c>, else PyTorch's.</summary>
internal static class WeightsFile
{
    /// <summary>Writes weights, replacing the file of that name.</summary>
    /// <exception cref="ModelGenException">The file can't be written; the earlier one is as it was.</exception>
    public static void Write(string path, StateDict state)
    {
        if (IsSafetensors(path))
            SafetensorsFile.Write(path, state);
        else
            PthFile.Write(path, state);
    }

    /// <summary>Reads the weights in a file: all that it has, or of a checkpoint the network's part by the network's own keys.</summary>
    /// <param name="path">The file.</param>
    /// <param name="use">Takes the tensors. They are parts of the mapped file and end when it returns, so that a large file takes no memory beside them.</param>
    /// <exception cref="ModelGenException">The file can't be read.</exception>
    public static T Map<T>(string path, Func<StateDict, T> use)
    {
        ArgumentNullException.ThrowIfNull(path);
        return IsSafetensors(path) ? SafetensorsFile.Map(path, use) : CheckpointFile.MapWeights(path, use);
    }

    /// <summary>Reads the weights in a file into a network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stripPrefix">What is taken off the beginning of the file's names, or null for nothing.</param>
    /// <param name="copy">Copies them into the network and gives notes on what was converted or left as it was.</param>
    /// <returns>What a person should know although it is no mistake.</returns>
    /// <exception cref="ModelGenException">The file can't be read, or doesn't fit the network.</exception>
    public static IReadOnlyList<string> Load(string path, string? stripPrefix, Func<StateDict, IReadOnlyList<string>> copy) => Map(path, state =>
    {
        var notes = copy(string.IsNullOrEmpty(stripPrefix) ? state : state.WithoutPrefix(stripPrefix, path));
        return (IReadOnlyList<string>)(state.FoundUnder is { } key ? [$"took the state_dict under '{key}' and nothing else of the checkpoint", .. notes] : notes);
    });

    private static bool IsSafetensors(string path) => Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase);
}

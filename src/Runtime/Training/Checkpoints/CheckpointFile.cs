using System.Text.Json;
using ModelGen.Formats;

namespace ModelGen.Training.Checkpoints;

/// <summary>
/// A checkpoint is one file: the archive that <c>torch.save</c> writes for a state_dict, so PyTorch reads its tensors, with one entry more,
/// <c>modelgen.json</c>, that PyTorch leaves alone. Every entry has a CRC-32, and the file appears complete or not at all.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>What a network's own tensors are called in a checkpoint, before their keys.</summary>
    public const string ModelPrefix = "model.";

    /// <summary>What the means of a network's parameters are called, where it has some, before the parameters' keys.</summary>
    public const string AveragePrefix = "average.";

    /// <summary>What an optimizer's tensors are called, before the names that it has for them.</summary>
    public const string OptimizerPrefix = "optimizer.";

    /// <summary>uint8, the random numbers to come: what PyTorch's <c>torch.get_rng_state</c> gives.</summary>
    public const string RandomState = "random.cpu";

    /// <summary>float64: the sums of the totals, and the samples behind them.</summary>
    public const string Scores = "epoch.scores";

    /// <summary>float64 [], of the last step.</summary>
    public const string LearningRate = "learning_rate";

    /// <summary>int64 []: the steps taken.</summary>
    public const string Steps = "steps";

    /// <summary>
    /// int64 []: the steps that the optimizer's state had seen in PyTorch before this run. Its corrections for having started at zero count them, the schedule
    /// does not. Missing where there are none.
    /// </summary>
    public const string EarlierSteps = "earlier_steps";

    private const string Annex = "modelgen.json";

    /// <summary>Writes a checkpoint, replacing the one of that name.</summary>
    /// <exception cref="ModelGenException">The file can't be written; the earlier one is as it was.</exception>
    public static void Write(string path, CheckpointHeader header, StateDict state) =>
        PthFile.Write(path, state, Annex, JsonSerializer.SerializeToUtf8Bytes(header, RunJson.Indented.CheckpointHeader));

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="use">Takes what it holds. The tensors are parts of the mapped file and end when it returns.</param>
    /// <exception cref="ModelGenException">There is none, or it is damaged, or another version of ModelGen wrote it.</exception>
    public static T Map<T>(string path, Func<CheckpointHeader, StateDict, T> use) =>
        Whole(path, () => PthFile.Map(path, Annex, (state, content) => use(HeaderOf(path, content), state)));

    /// <summary>Reads the header alone, without the tensors, which may be large.</summary>
    /// <exception cref="ModelGenException">As <see cref="Map"/>, but for what is damaged in the tensors.</exception>
    public static CheckpointHeader ReadHeader(string path) => HeaderOf(path, Whole(path, () => PthFile.ReadAnnex(path, Annex)));

    /// <summary>The weights in a file: those of a checkpoint by the network's own keys, or all that a plain state_dict has. They end when <paramref name="use"/> returns.</summary>
    /// <exception cref="ModelGenException">The file can't be read.</exception>
    public static T MapWeights<T>(string path, Func<StateDict, T> use) =>
        PthFile.Map(path, Annex, (state, content) => use(Header(path, content) is null ? state : Weights(state)));

    /// <summary>The network's part of what a checkpoint holds, by its own keys: its tensors, or the means of those that have one.</summary>
    public static StateDict Weights(StateDict state)
    {
        var averages = state.Entries.Where(entry => entry.Name.StartsWith(AveragePrefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Name[AveragePrefix.Length..], entry => entry.Tensor, StringComparer.Ordinal);
        return new StateDict(
            [
                .. state.Entries.Where(entry => entry.Name.StartsWith(ModelPrefix, StringComparison.Ordinal))
                    .Select(entry => (Key: entry.Name[ModelPrefix.Length..], entry.Tensor))
                    .Select(entry => new StateDictEntry(entry.Key, averages.GetValueOrDefault(entry.Key, entry.Tensor))),
            ],
            state.ModuleVersions);
    }

    private static CheckpointHeader HeaderOf(string path, byte[]? content) =>
        Header(path, content) ?? throw new ModelGenException(
            $"'{path}' holds weights and no checkpoint: leave --resume out, and name it with --load to start from them.");

    /// <summary>What is wrong with a file of weights is to be put right where they come from; a run has other checkpoints.</summary>
    private static T Whole<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ModelGenException error) when (error.InnerException is InvalidDataException)
        {
            throw new ModelGenException(
                $"'{path}' is damaged, or is no checkpoint: copy {RunFolder.Best} or another checkpoint of the run there to go on from that, or train without --resume.",
                error);
        }
    }

    private static CheckpointHeader? Header(string path, byte[]? content)
    {
        if (content is null)
            return null;
        try
        {
            if (JsonSerializer.Deserialize(content, RunJson.Indented.CheckpointHeader) is { Format: CheckpointHeader.CurrentFormat } header)
                return header;
        }
        catch (JsonException)
        {
            // As a header of another layout.
        }

        throw new ModelGenException($"'{path}' is a checkpoint of another version of ModelGen: go on with that version, or train from the start.");
    }
}

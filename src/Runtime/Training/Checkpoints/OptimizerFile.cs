using System.Globalization;
using ModelGen.Formats;

namespace ModelGen.Training.Checkpoints;

/// <summary>An optimizer's state in PyTorch's file: the tensors of a checkpoint, numbered instead of named.</summary>
internal static class OptimizerFile
{
    /// <summary>Puts the state of a PyTorch optimizer into a training that has taken no step, or changes nothing.</summary>
    /// <param name="path">The file: an optimizer's state_dict, or a checkpoint that holds one.</param>
    /// <param name="state">The training.</param>
    /// <param name="learningRate">The run's.</param>
    /// <returns>What a person should know although it is no mistake, such as numbers that are others in the run.</returns>
    /// <exception cref="ModelGenException">The file can't be read, or is not of such an optimizer of such a network.</exception>
    public static IReadOnlyList<string> Load(string path, ITrainingState state, double learningRate) => PthFile.MapOptimizer(path, file =>
    {
        var (optimizer, now) = (state.Optimizer, state.Read());
        var match = new OptimizerMatch(path, optimizer, file);
        state.Restore(match.Into(now), path);
        return (IReadOnlyList<string>)[.. match.Notes(), .. Differences(path, optimizer, file, learningRate)];
    });

    /// <summary>Writes the state of an optimizer, so that <c>load_state_dict(torch.load(path))</c> takes it.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="now">All that the training holds.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="learningRate">That of the last step.</param>
    /// <param name="initialRate">The run's, which the schedule changes.</param>
    /// <exception cref="ModelGenException">The file can't be written.</exception>
    public static void Write(string path, StateDict now, OptimizerDescription optimizer, double learningRate, double initialRate)
    {
        var tensors = now.Entries.ToDictionary(entry => entry.Name, entry => entry.Tensor, StringComparer.Ordinal);
        var steps = Count(tensors[CheckpointFile.Steps]) + (tensors.TryGetValue(CheckpointFile.EarlierSteps, out var earlier) ? Count(earlier) : 0);
        var kept = Kept(now, optimizer);
        var groups = optimizer.Groups;
        var states = groups.SelectMany(group => group).Select((parameter, number) => (Number: number, State: State(parameter)));
        PthFile.WriteOptimizer(path, new OptimizerStateDict(
            [.. groups.Select(group => new OptimizerGroup([.. Rates(), new("weight_decay", group.Key), .. optimizer.Settings], group.Count()))],
            states.Where(item => item.State.Count > 0).ToDictionary(item => item.Number, item => (IReadOnlyDictionary<string, StoredTensor?>)item.State)));

        // PyTorch counts in float32. Each parameter has a count of its own: one memory would be one tensor there, and count every parameter's step.
        OrderedDictionary<string, StoredTensor?> State(OptimizedParameter parameter)
        {
            var own = new OrderedDictionary<string, StoredTensor?>(StringComparer.Ordinal);
            if (optimizer.CountsSteps)
                own.Add("step", new StoredTensor(ElementType.Float32, [], BitConverter.GetBytes((float)steps)));
            foreach (var (name, key) in kept[parameter.Name])
                own.Add(name, tensors[key]);
            return own;
        }

        // As PyTorch's schedules note where they started; without one there is nothing to note.
        KeyValuePair<string, object>[] Rates() => learningRate == initialRate ? [new("lr", learningRate)] : [new("lr", learningRate), new("initial_lr", initialRate)];
    }

    /// <summary>What an optimizer remembers of each parameter that it changes: PyTorch's name, and the key in a checkpoint.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<KeyValuePair<string, string>>> Kept(StateDict now, OptimizerDescription optimizer)
    {
        var names = now.Entries.Select(entry => entry.Name).Where(name => name.StartsWith(CheckpointFile.OptimizerPrefix, StringComparison.Ordinal))
            .ToLookup(name => name[CheckpointFile.OptimizerPrefix.Length..name.LastIndexOf('.')], StringComparer.Ordinal);
        return optimizer.Parameters.Where(parameter => parameter.IsTrained).ToDictionary(
            parameter => parameter.Name,
            parameter => (IReadOnlyList<KeyValuePair<string, string>>)
                [.. names[parameter.Name].Select(name => KeyValuePair.Create(name[(name.LastIndexOf('.') + 1)..], name))],
            StringComparer.Ordinal);
    }

    private static long Count(StoredTensor tensor) => BitConverter.ToInt64(tensor.Data.Span);

    /// <summary>One line of all numbers that the file has otherwise than the run, whose spec decides.</summary>
    private static IEnumerable<string> Differences(string path, OptimizerDescription optimizer, OptimizerStateDict file, double learningRate)
    {
        var decays = optimizer.Groups.Select(group => group.Key).ToList();
        string[] differences =
        [
            .. file.Groups.SelectMany((group, i) => Differing(group, [new("lr", learningRate), new("weight_decay", Decay(i)), .. optimizer.Settings])).Distinct(),
        ];
        return differences.Length == 0 ? [] : [$"'{path}' is of a training with other numbers, and the run keeps its own: {string.Join("; ", differences)}"];

        object Decay(int group) => decays.Count == file.Groups.Count ? decays[group] : decays is [var only] ? only : $"{Text(decays[0])} of weights alone";
    }

    private static IEnumerable<string> Differing(OptimizerGroup group, IEnumerable<KeyValuePair<string, object>> own)
    {
        var settings = group.Settings.ToDictionary(setting => setting.Key, setting => Text(setting.Value), StringComparer.Ordinal);

        // A schedule has changed the learning rate by now, and noted where it began.
        if (settings.TryGetValue("initial_lr", out var initial))
            settings["lr"] = initial;
        return own.Where(setting => settings.TryGetValue(setting.Key, out var theirs) && theirs != Text(setting.Value))
            .Select(setting => $"{setting.Key} is {settings[setting.Key]} there and {Text(setting.Value)} here");
    }

    private static string Text(object value) => value is double[] numbers
        ? $"({string.Join(", ", numbers.Select(number => Text(number)))})"
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}

using ModelGen.Formats;
using ModelGen.Reporting;

namespace ModelGen.Training.Checkpoints;

/// <summary>Whether the state of an optimizer in a file is that of a run's, and in which words it is not.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="optimizer">The run's optimizer.</param>
/// <param name="file">What the file has.</param>
internal sealed class OptimizerMatch(string path, OptimizerDescription optimizer, OptimizerStateDict file)
{
    // More steps than a float64 can tell apart are no count.
    private const double MaxSteps = 1L << 53;

    /// <summary>The run's tensors with those of the file in the place of the optimizer's.</summary>
    /// <param name="now">All that the training holds.</param>
    /// <exception cref="ModelGenException">A parameter's state is not such a one.</exception>
    public StateDict Into(StateDict now)
    {
        var kept = OptimizerFile.Kept(now, optimizer);
        var taken = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        long? steps = null;
        foreach (var (parameter, number) in Numbered())
        {
            if (!parameter.IsTrained)
                continue;
            if (!file.States.TryGetValue(number, out var state))
                throw Differs($"has no state of '{parameter.Name}', its parameter {number}, but of others: freeze it in the spec too, or train on from the weights alone");
            foreach (var (name, tensor) in Named(parameter, state, kept[parameter.Name]))
                taken.Add(name, tensor);
            if (optimizer.CountsSteps)
                steps = Steps(parameter, state, steps);
        }

        return now with
        {
            Entries =
            [
                .. now.Entries.Select(entry => entry with { Tensor = taken.GetValueOrDefault(entry.Name, entry.Tensor) }),
                .. steps > 0
                    ? [new StateDictEntry(CheckpointFile.EarlierSteps, new StoredTensor(ElementType.Int64, [], BitConverter.GetBytes(steps.Value)))]
                    : Array.Empty<StateDictEntry>(),
            ],
        };
    }

    /// <summary>What a person should know of what was taken.</summary>
    public IEnumerable<string> Notes()
    {
        if (file.States.Count == 0)
            return [$"'{path}' has the state of an optimizer that has taken no step: the run's starts anew"];
        var frozen = Numbered().Where(item => !item.Parameter.IsTrained && file.States.ContainsKey(item.Number)).Select(item => item.Parameter.Name).ToList();
        return frozen.Count == 0 ? [] : [$"left the state of {Quantity.Listed(frozen)}, which the run freezes"];
    }

    /// <summary>
    /// The network's parameters with their numbers in the file: in the run's order where its groups are as long as the file's, else in the network's. PyTorch
    /// is given the frozen parameters too, or is not.
    /// </summary>
    private IEnumerable<(OptimizedParameter Parameter, int Number)> Numbered()
    {
        if (file.States.Count == 0)
            return [];
        var (count, trained) = (file.Groups.Sum(group => group.Count), optimizer.Parameters.Where(parameter => parameter.IsTrained).ToList());
        if (count != trained.Count && count != optimizer.Parameters.Count)
        {
            throw Differs(FormattableString.Invariant(
                $"is of a network of {count} parameter tensors, and this one has {optimizer.Parameters.Count}{(trained.Count == optimizer.Parameters.Count ? "" : $", of which it trains {trained.Count}")}: use the optimizer of the same network"));
        }

        var groups = optimizer.Groups;
        var inOrder = groups.Select(group => group.Count()).SequenceEqual(file.Groups.Select(group => group.Count))
            ? groups.SelectMany(group => group)
            : count == trained.Count ? trained : optimizer.Parameters;
        return inOrder.Select((parameter, number) => (parameter, number));
    }

    private long Steps(OptimizedParameter parameter, IReadOnlyDictionary<string, StoredTensor?> state, long? before)
    {
        var steps = state.TryGetValue("step", out var tensor) && tensor is not null ? OptimizerStateDict.Number(tensor) : null;
        if (steps is not (>= 0 and <= MaxSteps) || steps != Math.Floor(steps.Value))
            throw Differs($"has no count of steps for '{parameter.Name}', a whole number under 'step': save the optimizer of a training with torch.optim.{optimizer.Name}");
        if (before is { } others && others != steps)
            throw Differs(FormattableString.Invariant(
                $"has taken {steps} steps with '{parameter.Name}' and {others} with the parameters before it, where a run has one count: train on from the weights alone"));
        return (long)steps;
    }

    /// <summary>The tensors of a parameter by their names in a checkpoint. Those that are None are left at what the run starts from.</summary>
    private IEnumerable<(string Name, StoredTensor Tensor)> Named(
        OptimizedParameter parameter, IReadOnlyDictionary<string, StoredTensor?> state, IReadOnlyList<KeyValuePair<string, string>> kept)
    {
        var (theirs, ours) = (
            state.Where(item => item.Key != "step" && item.Value is not null).Select(item => item.Key).ToList(),
            kept.Select(item => item.Key).ToList());
        var lacking = ours.Where(name => !state.ContainsKey(name));
        if (theirs.Except(ours, StringComparer.Ordinal).Concat(lacking).Any())
        {
            throw Differs(
                $"is not the state of this run's {optimizer.Name}: it has {List(theirs)} for '{parameter.Name}', where the run keeps {List(ours)}: set the spec's optimizer as it was, or train on from the weights alone");
        }

        foreach (var (name, key) in kept)
        {
            if (state[name] is not { } tensor)
                continue;
            if (!tensor.Shape.SequenceEqual(parameter.Shape))
            {
                throw Differs(
                    $"has {StateFit.Shape(tensor.Shape)} numbers under {name} for '{parameter.Name}', which is {StateFit.Shape(parameter.Shape)}: the network of then must be the same, with its parameters in the same order");
            }

            yield return (key, tensor);
        }
    }

    private static string List(List<string> names) => names.Count == 0 ? "nothing" : string.Join(" and ", names);

    private ModelGenException Differs(string what) => new($"'{path}' {what}.");
}

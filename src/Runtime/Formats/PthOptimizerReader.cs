using System.Globalization;
using ModelGen.Formats.Pickle;

namespace ModelGen.Formats;

/// <summary>
/// Takes the optimizer's state_dict out of a pickle: of <c>torch.save(optimizer.state_dict(), path)</c>, or of a checkpoint that holds one under whatever key.
/// </summary>
/// <param name="readTensor">Reads a tensor by a name for messages.</param>
internal sealed class PthOptimizerReader(Func<string, TensorView, StoredTensor> readTensor)
{
    /// <summary>What to do instead.</summary>
    public const string Remedy = "save it with torch.save(optimizer.state_dict(), path)";

    private const string Groups = "param_groups";

    /// <exception cref="InvalidDataException">There is none or several, or it is not as PyTorch writes it.</exception>
    public OptimizerStateDict Read(PickleDict root)
    {
        var dict = Find(root);
        if (!dict.Items.TryGetValue(Groups, out var found) || found is not List<object?> { Count: > 0 } groups)
            throw new InvalidDataException($"has an optimizer's state without the list '{Groups}': {Remedy}.");
        var numbers = new HashSet<long>();
        var read = groups.Select(group => ReadGroup(group, numbers)).ToList();
        foreach (var number in numbers)
        {
            if (number < 0 || number >= numbers.Count)
                throw new InvalidDataException($"has the parameter {number} in '{Groups}', where {numbers.Count} parameters are numbered from 0 on: {Remedy}.");
        }

        return new OptimizerStateDict(read, dict.Items.TryGetValue("state", out var state) && state is PickleDict states
            ? ReadStates(states, numbers.Count)
            : throw new InvalidDataException($"has an optimizer's '{Groups}' without the dict 'state': {Remedy}."));
    }

    private static PickleDict Find(PickleDict root)
    {
        if (IsOptimizer(root))
            return root;
        var inner = root.Items.Where(item => item.Value is PickleDict dict && IsOptimizer(dict)).ToList();
        return inner switch
        {
            [var only] => (PickleDict)only.Value!,
            [] => throw new InvalidDataException($"holds no optimizer's state_dict, a dict with 'state' and '{Groups}': {Remedy}."),
            _ => throw new InvalidDataException(
                $"holds the state of an optimizer under '{inner[0].Key}' and of another under '{inner[1].Key}': save the one that you mean alone, torch.save(torch.load(path)['{inner[0].Key}'], new_path)."),
        };
    }

    // The key of a group is enough: what else is missing is named then.
    private static bool IsOptimizer(PickleDict dict) =>
        dict.Items.ContainsKey(Groups)
            || (dict.Items.TryGetValue("state", out var state) && state is PickleDict { Numbered.Count: > 0 });

    private OptimizerGroup ReadGroup(object? group, HashSet<long> numbers)
    {
        if (group is not PickleDict dict || !dict.Items.TryGetValue("params", out var found) || found is not List<object?> parameters)
            throw new InvalidDataException($"has a group in '{Groups}' without the list 'params': {Remedy}.");
        foreach (var parameter in parameters)
        {
            if (parameter is not long number)
                throw new InvalidDataException($"has something else than numbers in the 'params' of a group: {Remedy}.");
            if (!numbers.Add(number))
                throw new InvalidDataException($"has the parameter {number} twice in '{Groups}': {Remedy}.");
        }

        return new OptimizerGroup(
            [.. dict.Items
                .Select(item => (item.Key, Value: Setting(item.Key, item.Value)))
                .Where(item => item.Value is not null)
                .Select(item => KeyValuePair.Create(item.Key, item.Value!))],
            parameters.Count);
    }

    /// <summary>A number of a group. PyTorch has tuples of them, JSON on the way makes lists, and a learning rate may be a tensor.</summary>
    private object? Setting(string key, object? value) => value switch
    {
        bool or double => value,
        long number => (double)number,
        TensorView { Count: 1 } tensor => OptimizerStateDict.Number(readTensor(key, tensor)),
        object?[] tuple => Numbers(tuple),
        List<object?> list when key != "params" => Numbers([.. list]),
        _ => null,
    };

    private static double[]? Numbers(object?[] items) =>
        items.All(item => item is double or long) ? [.. items.Select(item => Convert.ToDouble(item, CultureInfo.InvariantCulture))] : null;

    private Dictionary<int, IReadOnlyDictionary<string, StoredTensor?>> ReadStates(PickleDict states, int count)
    {
        if (states.Items.Count > 0)
            throw new InvalidDataException($"has a state under '{states.Items.GetAt(0).Key}', where an optimizer has the numbers of parameters: {Remedy}.");
        var read = new Dictionary<int, IReadOnlyDictionary<string, StoredTensor?>>();
        foreach (var (number, state) in states.Numbered)
        {
            if (number < 0 || number >= count)
                throw new InvalidDataException($"has a state of the parameter {number}, where '{Groups}' has {count} parameters, numbered from 0 on: {Remedy}.");
            if (state is not PickleDict dict)
                throw new InvalidDataException($"has a state of the parameter {number} that is no dict: {Remedy}.");
            read[(int)number] = dict.Items.ToDictionary(item => item.Key, item => State($"state.{number}.{item.Key}", item.Value), StringComparer.Ordinal);
        }

        return read;
    }

    private StoredTensor? State(string name, object? value) => value switch
    {
        null => null,
        TensorView tensor => readTensor(name, tensor),
        double or long => new StoredTensor(ElementType.Float64, [], BitConverter.GetBytes(Convert.ToDouble(value, CultureInfo.InvariantCulture))),
        _ => throw new InvalidDataException($"has something else than a tensor or a number under '{name}': {Remedy}."),
    };
}

namespace ModelGen.Formats.Pickle;

/// <summary>A dict or OrderedDict of a pickle: its items in order of insertion, a repeated key changing its first item as in Python.</summary>
internal sealed class PickleDict
{
    /// <summary>The items whose keys are text.</summary>
    public OrderedDictionary<string, object?> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>The items whose keys are whole numbers, as an optimizer's state has them.</summary>
    public OrderedDictionary<long, object?> Numbered { get; } = [];

    /// <summary>A key that isn't text (a number, None, ...), when there is one; only the items of numbers are kept.</summary>
    public object? OtherKey { get; private set; }

    /// <summary>Whether there are items whose keys aren't text.</summary>
    public bool HasOtherKeys { get; private set; }

    /// <summary>The object's attributes, which an OrderedDict can have: a state_dict has <c>_metadata</c>.</summary>
    public PickleDict? Attributes { get; set; }

    /// <summary>Sets an item.</summary>
    public void Set(object? key, object? value)
    {
        if (key is string name)
        {
            Items[name] = value;
            return;
        }

        if (key is long number)
            Numbered[number] = value;
        OtherKey = key;
        HasOtherKeys = true;
    }
}

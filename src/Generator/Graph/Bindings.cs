using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>The parameters of a block with their values in one use of it; beside them <c>in_channels</c>, the first size of its input, and, where a repeat sets them, <c>index</c>.</summary>
internal sealed class Bindings(IReadOnlyList<(string Name, SpecValue Value)> values, TensorShape? input = null, long? index = null)
{
    public const string InChannels = "in_channels";
    public const string Index = "index";

    /// <summary>No block, no parameters.</summary>
    public static readonly Bindings None = new([]);

    public IReadOnlyList<(string Name, SpecValue Value)> Values { get; } = values;

    public IEnumerable<string> Names => Values.Select(value => value.Name).Append(InChannels).Concat(index is null ? [] : [Index]);

    public Bindings WithInput(TensorShape? shape) => new(Values, shape, index);

    public Bindings WithIndex(long position) => new(Values, input, position);

    public SpecValue? Find(string name)
    {
        foreach (var (bound, value) in Values)
        {
            if (bound == name)
                return value;
        }

        return name switch
        {
            InChannels when input is { Sizes.Count: > 0 } shape => SpecValue.Of(shape[0]),
            Index when index is { } position => SpecValue.Of(position),
            _ => null,
        };
    }

    /// <summary>The value with its expressions worked out; null where one has none, and <paramref name="objection"/> says why.</summary>
    public SpecValue? Evaluate(SpecValue value, out string? objection)
    {
        objection = null;
        if (value.Kind == SpecValueKind.Text)
            return Expression.Evaluate(value.Text, this, out objection);
        if (value.Kind != SpecValueKind.List || value.Items.All(item => item.Kind != SpecValueKind.Text))
            return value;
        var items = new List<SpecValue>();
        foreach (var item in value.Items)
        {
            if (Evaluate(item, out objection) is not { } worked)
                return null;
            items.Add(worked);
        }

        return SpecValue.Of(EquatableArray<SpecValue>.Of(items));
    }
}

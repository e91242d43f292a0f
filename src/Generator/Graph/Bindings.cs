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

    /// <summary>What an expression can name.</summary>
    public IEnumerable<string> Names => Values.Select(value => value.Name).Concat(new[] { InChannels, Index }.Where(name => Find(name) is not null));

    /// <summary>The same in a block that receives <paramref name="shape"/>; null for one that is unknown, because something before it is wrong.</summary>
    public Bindings WithInput(TensorShape? shape) => new(shape is null ? [.. Values, (InChannels, SpecValue.Unreadable)] : Values, shape, index);

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

    /// <summary>
    /// The value with its expressions worked out; null where one has none, and <paramref name="objection"/> says why. Unreadable where it depends
    /// on what is unknown, because of a mistake that was said.
    /// </summary>
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
            if (worked.Kind == SpecValueKind.Unreadable)
                return worked;
            // Each list of two, in a block in a block, would be twice as long as the one around it.
            if (worked.Kind == SpecValueKind.List)
            {
                objection = "a list can't stand in a list.";
                return null;
            }

            items.Add(worked);
        }

        return SpecValue.Of(EquatableArray<SpecValue>.Of(items));
    }
}

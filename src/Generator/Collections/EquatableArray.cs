using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;

namespace ModelGen.Collections;

/// <summary>An immutable array that is equal to another when their elements are, so that the pipeline can tell that nothing changed.</summary>
internal readonly struct EquatableArray<T>(ImmutableArray<T> items) : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    private readonly ImmutableArray<T> _items = items;

    private ImmutableArray<T> Items => _items.IsDefault ? ImmutableArray<T>.Empty : _items;

    public int Count => Items.Length;

    public T this[int index] => Items[index];

    public static implicit operator EquatableArray<T>(ImmutableArray<T> items) => new(items);

    public static EquatableArray<T> Of(IEnumerable<T> items) => new(items.ToImmutableArray());

    /// <summary>An array that nobody else has: it is not copied.</summary>
    public static EquatableArray<T> Owning(T[] items) => new(ImmutableCollectionsMarshal.AsImmutableArray(items));

    // These are not LINQ's for any list, which would put the array into a box.

    public bool Contains(T item) => Items.Contains(item);

    public bool Any(Func<T, bool> condition) => Items.Any(condition);

    public bool All(Func<T, bool> condition) => Items.All(condition);

    public T? FirstOrDefault(Func<T, bool> condition) => Items.FirstOrDefault(condition);

    public IEnumerable<TResult> Select<TResult>(Func<T, TResult> selector) => Items.Select(selector);

    public IEnumerable<T> Where(Func<T, bool> condition) => Items.Where(condition);

    public bool Equals(EquatableArray<T> other)
    {
        if (Count != other.Count)
            return false;
        for (var i = 0; i < Count; i++)
        {
            if (!EqualityComparer<T>.Default.Equals(Items[i], other.Items[i]))
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var item in Items)
            hash = unchecked((hash * 31) + (item is null ? 0 : item.GetHashCode()));
        return hash;
    }

    public ImmutableArray<T>.Enumerator GetEnumerator() => Items.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)Items).GetEnumerator();
}

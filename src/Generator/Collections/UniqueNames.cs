using System;
using System.Collections.Generic;
using System.Globalization;

namespace ModelGen.Collections;

/// <summary>Names that stand beside each other: one that is taken is given a number, <c>conv1_2</c>.</summary>
/// <param name="taken">The names that are there already.</param>
internal sealed class UniqueNames(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>The name, or what comes next to it; taken from now on.</summary>
    public string Next(string name)
    {
        var unique = name;
        for (var number = 2; !_taken.Add(unique); number++)
            unique = $"{name}_{number.ToString(CultureInfo.InvariantCulture)}";
        return unique;
    }
}

using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Diagnostics;

/// <summary>Several things in a sentence.</summary>
internal static class Listing
{
    /// <summary><c>a, b and c</c>.</summary>
    /// <param name="things">At least one.</param>
    public static string Of(IReadOnlyList<string> things) =>
        things.Count == 1 ? things[0] : $"{string.Join(", ", things.Take(things.Count - 1))} and {things[things.Count - 1]}";
}

using System.Collections.Generic;
using System.Linq;
using System.Text;
using ModelGen.Collections;

namespace ModelGen.Emit;

/// <summary>Names for the members of an enum from names of classes, which may be any text: "sports car" is SportsCar, "7" is _7.</summary>
internal static class ClassMembers
{
    /// <summary>One identifier for each name, no two alike and none of those that are taken.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> names, params IEnumerable<string> taken)
    {
        var free = new UniqueNames(taken);
        return [.. names.Select(name => free.Next(Identifier(name)))];
    }

    private static string Identifier(string name)
    {
        var text = new StringBuilder(name.Length + 1);
        var startsWord = true;
        foreach (var character in name)
        {
            // Basic Latin and what needs one UTF-16 unit: every C# identifier may have these letters and digits.
            var isPart = character < 0x80 ? character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') : char.IsLetter(character);
            if (isPart)
                text.Append(startsWord ? char.ToUpperInvariant(character) : character);
            startsWord = !isPart;
        }

        if (text.Length == 0)
            return "Unnamed";
        return text[0] is >= '0' and <= '9' ? text.Insert(0, '_').ToString() : text.ToString();
    }
}

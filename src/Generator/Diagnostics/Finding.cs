using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Specs;

namespace ModelGen.Diagnostics;

/// <summary>A rule broken at a place of the spec, by path: the file's lines are looked up only when it is reported.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Path">The place, as <see cref="SourceMap"/> has it.</param>
/// <param name="Arguments">What the rule's message says of this place.</param>
/// <param name="Fixes">Ways to mend it. The message names them, so here stand those that were tried; the checker sees to it.</param>
internal sealed record Finding(Rule Rule, string Path, EquatableArray<string> Arguments, EquatableArray<Fix> Fixes = default)
{
    /// <summary>A word at the place, and the one that it was most likely to be; null where there is none.</summary>
    public (string Written, string Meant)? Mistyped { get; init; }

    public static Finding Of(Rule rule, string path, params string[] arguments) => new(rule, path, EquatableArray<string>.Of(arguments));

    public Finding WithFixes(IEnumerable<Fix> fixes) => this with { Fixes = EquatableArray<Fix>.Of(fixes) };

    public string Message => MessageFor(user: null);

    /// <summary>The message, of a block that stands in another file than <paramref name="user"/>, which uses it.</summary>
    public string MessageFor(string? user) => OneLine(Within(user) + string.Format(CultureInfo.InvariantCulture, Rule.Message, Arguments.ToArray<object>()) + Advice());

    private string Within(string? user)
    {
        if (BlockSpec.NameIn(Path) is not { } block)
            return "";
        return $"In the block '{SpecValue.Shorten(block)}'{(user is null ? "" : $", which {user} uses")}: ";
    }

    private string Advice()
    {
        if (Fixes.Count == 0)
            return "";
        return $" {string.Join(", or ", Fixes.Select(fix => fix.Words).Skip(1).Prepend(Fixes[0].Title))}.";
    }

    // A build log is read by lines, and by tools that cut it at them.
    private static string OneLine(string text)
    {
        foreach (var character in text)
        {
            if (IsLineEnd(character))
                return string.Concat(text.Select(other => IsLineEnd(other) ? ' ' : other));
        }

        return text;
    }

    private static bool IsLineEnd(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';
}

using System.Globalization;
using System.Linq;
using ModelGen.Collections;

namespace ModelGen.Diagnostics;

/// <summary>A rule broken at a place of the spec, by path: the file's lines are looked up only when it is reported.</summary>
internal sealed record Finding(Rule Rule, string Path, EquatableArray<string> Arguments)
{
    public static Finding Of(Rule rule, string path, params string[] arguments) => new(rule, path, EquatableArray<string>.Of(arguments));

    public string Message => string.Format(CultureInfo.InvariantCulture, Rule.Message, Arguments.Select(OneLine).ToArray<object>());

    // A build log is read by lines, and by tools that cut it at them.
    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character));
}

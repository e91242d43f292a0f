using System.Text.RegularExpressions;

namespace ModelGen.Tests.Pages;

/// <summary>One command of a page's shell block: the variables before it, and its words.</summary>
internal sealed partial record ShellCommand(IReadOnlyList<string> Variables, IReadOnlyList<string> Words)
{
    public string Name => Words[0];

    /// <summary>The words behind the first ones, up to <c>--</c>.</summary>
    public IEnumerable<string> After(int words) => Words.Skip(words).TakeWhile(word => word != "--");

    /// <summary>What a program of ours is given, behind <c>--</c>.</summary>
    public IReadOnlyList<string> Arguments => [.. Words.SkipWhile(word => word != "--").Skip(1)];

    /// <summary>The commands of a block, one or more a line; a comment begins with a # that begins a word.</summary>
    public static IEnumerable<ShellCommand> In(CodeBlock block) =>
        from line in block.Text.Split('\n')
        from part in Comment().Replace(line, "").Split("&&")
        let words = Word().Matches(part).Select(word => word.Value.Trim('"')).ToArray()
        let variables = words.TakeWhile(word => Variable().IsMatch(word)).ToArray()
        where words.Length > variables.Length
        select new ShellCommand([.. variables.Select(variable => variable.Split('=')[0])], words[variables.Length..]);

    [GeneratedRegex("(^|\\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex("^[A-Z_]+=")]
    private static partial Regex Variable();
}

using System.CommandLine;

namespace ModelGen.CommandLine;

/// <summary>An option that takes a path and sets nothing of a run.</summary>
internal static class PathOption
{
    /// <summary>Creates the option.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="value">What stands for the path in <c>--help</c>.</param>
    /// <param name="description">One line of <c>--help</c>.</param>
    /// <param name="ending">How the name of a file ends that the option may write, so that it takes no source's or photo's place; empty for any.</param>
    public static Option<string?> Of(string name, string value, string description, string ending = "")
    {
        var option = new Option<string?>(name) { HelpName = value, Description = description };
        option.Validators.Add(given =>
        {
            if (given.Tokens is [{ Value: var path }] && !IsPath(path))
                given.AddError($"{name} takes a path, not '{path}'");
            else if (given.Tokens is [{ Value: var file }] && !file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                given.AddError($"{name} takes a file whose name ends in {ending}, not '{file}'");
        });
        return option;
    }

    /// <summary>Whether a text can be meant for a path: "--out --no-progress" is a forgotten folder, not a folder of that name.</summary>
    public static bool IsPath(string text) => !string.IsNullOrWhiteSpace(text) && !text.StartsWith("--", StringComparison.Ordinal);
}

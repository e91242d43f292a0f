using System.CommandLine;
using System.CommandLine.Parsing;

namespace ModelGen.CommandLine;

/// <summary>Says in one sentence what is wrong with a command line.</summary>
internal static class UsageError
{
    private const string NoExport =
        $$"""there is no verb '{{ExportVerb.Name}}', because the spec does not ask for ONNX: put "compile": { "onnx": true } into it, or [Compile(Onnx = true)], and build again""";

    /// <summary>The first thing that is wrong, or null.</summary>
    public static string? Of(ParseResult parsed, Verbs verbs)
    {
        var verb = parsed.CommandResult.Command;
        // Also with --help, which leaves no errors: there is no such help.
        if (verb is RootCommand && parsed.UnmatchedTokens is [var word, ..])
            return word == ExportVerb.Name ? NoExport : UnknownVerb(verb, word);
        if (parsed.Errors.Count == 0)
            return null;
        // A misspelt option comes before what it leaves behind, such as its value.
        if (parsed.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-')) is { } option)
            return UnknownOption(verb, option);
        if (parsed.Errors.FirstOrDefault(error => error.SymbolResult is OptionResult) is { } wrong)
            return WrongValue(wrong, (OptionResult)wrong.SymbolResult!, verbs);
        if (parsed.UnmatchedTokens is [var stray, ..])
            return $"{verb.Name} takes no '{stray}'{(parsed.RootCommandResult.Command.Subcommands.Any(known => known.Name == stray) ? ": a verb stands first, before the options" : "")}";
        return parsed.Errors[0] is { SymbolResult: ArgumentResult { Tokens.Count: 0 } }
            ? $"{verb.Name} takes the path of at least one {verbs.SampleFile}"
            : parsed.Errors[0].Message;
    }

    /// <summary>The verb has no such option.</summary>
    public static string UnknownOption(Command verb, string option)
    {
        var nearest = Spelling.Nearest(option, verb.Options.Select(known => known.Name));
        return $"{verb.Name} has no option '{option}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?");
    }

    /// <summary>The program has no such verb.</summary>
    public static string UnknownVerb(Command root, string word)
    {
        var names = root.Subcommands.Select(verb => verb.Name).ToList();
        return $"there is no verb '{word}'; "
            + (Spelling.Nearest(word, names) is { } nearest ? $"did you mean '{nearest}'?" : $"the verbs are {string.Join(", ", names)}");
    }

    /// <summary>The option stands there more than once.</summary>
    public static string Repeated(OptionResult given) => $"{given.Option.Name} is given {given.IdentifierTokenCount} times";

    private static string WrongValue(ParseError error, OptionResult given, Verbs verbs) => given.Tokens.Count switch
    {
        0 => $"{given.Option.Name} takes {verbs.TakenBy(given.Option)}, and none is given",
        1 => error.Message,
        _ => Repeated(given),
    };
}

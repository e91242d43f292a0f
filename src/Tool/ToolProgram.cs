using System.CommandLine;
using System.CommandLine.Parsing;
using ModelGen.CommandLine;
using ModelGen.Reporting;
using ModelGen.Tool.Verbs;

namespace ModelGen.Tool;

/// <summary>
/// The command line of the tool. What it finds and what it writes goes to stdout; what stops it is one sentence on stderr, which a stack trace follows
/// with <c>MODELGEN_TRACE=1</c> in the environment.
/// </summary>
internal static class ToolProgram
{
    /// <summary>All went well.</summary>
    public const int Succeeded = 0;

    /// <summary>A spec has errors, or the machine lacks something.</summary>
    public const int Found = 1;

    /// <summary>The arguments are wrong; nothing was done.</summary>
    public const int Misused = 2;

    /// <summary>It could not be done: a file is missing, or may not be written over.</summary>
    public const int Failed = 3;

    /// <summary>In the order of <c>--help</c>.</summary>
    private static readonly Func<Terminal, Command>[] Verbs =
        [NewVerb.Of, CheckVerb.Of, SummaryVerb.Of, SvgVerb.Of, ConvertVerb.Of, EjectVerb.Of, ImportVerb.Of, DoctorVerb.Of];

    private static readonly ParserConfiguration Configuration = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Does what the arguments say, and returns the exit code.</summary>
    public static int Run(string[] args, Terminal terminal, bool trace)
    {
        var root = new RootCommand(
            "What ModelGen's build does with the specs of networks, without a build. Exit codes: 0 all well, 1 errors found, 2 wrong arguments, 3 it could not be done.");
        foreach (var verb in Verbs)
            root.Add(verb(terminal));
        try
        {
            var parsed = root.Parse(args, Configuration);
            if (Misuse(parsed) is { } wrong)
            {
                terminal.Error.Write($"error: {wrong}{(wrong.EndsWith('?') ? "" : ".")} Try --help.\n");
                return Misused;
            }

            return parsed.Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception error)
        {
            terminal.Error.Write($"error: {Failure.Describe(error)}\n");
            if (trace)
                terminal.Error.Write($"{error}\n");
            return Failed;
        }
    }

    /// <summary>The first thing that is wrong with the arguments, or null.</summary>
    private static string? Misuse(ParseResult parsed)
    {
        var verb = parsed.CommandResult.Command;
        // Also with --help, which leaves no errors: there is no such help.
        if (verb.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..])
            return UsageError.UnknownVerb(verb, word);
        if (parsed.Errors.Count == 0)
            return null;
        if (verb.Subcommands.Count > 0)
            return $"say what to {(verb is RootCommand ? "do" : verb.Name)}: {string.Join(", ", verb.Subcommands.Select(known => known.Name))}";
        // What no option has for a name is taken for a file.
        var words = parsed.UnmatchedTokens.Concat(parsed.CommandResult.Tokens.Select(token => token.Value));
        if (words.FirstOrDefault(token => token.StartsWith('-')) is { } unknown)
            return UsageError.UnknownOption(verb, unknown);
        if (parsed.UnmatchedTokens is [var stray, ..])
            return $"{verb.Name} takes no '{stray}'";
        return parsed.Errors[0] switch
        {
            { SymbolResult: ArgumentResult { Tokens.Count: 0, Argument.Arity.MaximumNumberOfValues: 1 } } => $"{verb.Name} takes the path of a file",
            { SymbolResult: ArgumentResult { Tokens.Count: 0 } } => $"{verb.Name} takes the path of at least one file",
            { SymbolResult: OptionResult { Tokens.Count: > 1 } given } => UsageError.Repeated(given),
            { SymbolResult: OptionResult { Tokens.Count: 0, Option: var option } } => $"{option.Name} takes a value, {option.HelpName}, and none is given",
            var error => error.Message.TrimEnd('.'),
        };
    }
}

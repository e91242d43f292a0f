using System.CommandLine;
using Microsoft.CodeAnalysis;
using ModelGen.CommandLine;
using ModelGen.Reporting;
using ModelGen.Tool.Findings;
using ModelGen.Tool.Specs;

namespace ModelGen.Tool.Verbs;

/// <summary>What verbs take that are about one network: its file, those beside it, and its name where the files declare several.</summary>
internal sealed class SpecArguments
{
    private readonly Argument<string[]> _files = Files("Its .model.json file or C# file, and the C# files with the blocks and modules that it uses");

    private readonly Option<string?> _network = new("--network") { HelpName = "NAME", Description = "Which network, where the files declare several" };

    /// <summary>Adds them to a verb.</summary>
    public SpecArguments(Command verb)
    {
        verb.Add(_files);
        verb.Add(_network);
    }

    /// <summary>An argument of one or more paths.</summary>
    public static Argument<string[]> Files(string description)
    {
        var files = new Argument<string[]>("file") { Description = description, Arity = ArgumentArity.OneOrMore };
        files.Validators.Add(given =>
        {
            if (given.Tokens.FirstOrDefault(token => token.Value.StartsWith('-') || !PathOption.IsPath(token.Value)) is { } wrong)
                given.AddError($"'{wrong.Value}' is not the path of a file");
        });
        return files;
    }

    /// <summary>Does something with the network, unless it has errors: then they are said on stderr.</summary>
    public int With(ParseResult parsed, Terminal terminal, Action<DeclaredNetwork> action)
    {
        var files = SpecFiles.Read(parsed.GetRequiredValue(_files));
        if (files.HasErrors)
        {
            terminal.Error.Write(FindingText.Of(files.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
            return ToolProgram.Found;
        }

        action(files.Only(parsed.GetValue(_network)));
        return ToolProgram.Succeeded;
    }
}

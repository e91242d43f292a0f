using System.CommandLine;
using Microsoft.CodeAnalysis;
using ModelGen.Reporting;
using ModelGen.Tool.Findings;
using ModelGen.Tool.Specs;

namespace ModelGen.Tool.Verbs;

/// <summary><c>check FILE...</c>: what the build would say of specs.</summary>
internal static class CheckVerb
{
    /// <summary>The verb.</summary>
    public static Command Of(Terminal terminal)
    {
        var files = SpecArguments.Files("The .model.json files and C# files to check together, with the C# files of the blocks and modules that they use");
        var format = new Option<string>("--format")
        {
            HelpName = "FORMAT",
            Description = "text, as a build prints it; json; sarif, which code hosts and editors read",
            DefaultValueFactory = _ => "text",
        };
        format.Validators.Add(given =>
        {
            if (given.Tokens is [{ Value: var word }] && word is not ("text" or "json" or "sarif"))
                given.AddError($"--format takes text, json or sarif, not '{word}'");
        });
        var verb = new Command("check", "Say what the build would say of specs. An error gives exit code 1") { files, format };
        verb.SetAction(parsed =>
        {
            var read = SpecFiles.Read(parsed.GetRequiredValue(files));
            // A build prints no suggestions either; editors show them.
            var told = read.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
            terminal.Out.Write(parsed.GetValue(format) switch
            {
                "json" => FindingJson.Of(read.Diagnostics),
                "sarif" => FindingSarif.Of(read.Diagnostics),
                _ => FindingText.Of(told) + FindingText.Count(read.Networks.Count, read.Diagnostics),
            });
            return read.HasErrors ? ToolProgram.Found : ToolProgram.Succeeded;
        });
        return verb;
    }
}

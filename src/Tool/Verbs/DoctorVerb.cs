using System.CommandLine;
using ModelGen.CommandLine;
using ModelGen.Reporting;
using ModelGen.Tool.Doctor;
using ModelGen.Tool.Specs;
using ModelGen.Torch;

namespace ModelGen.Tool.Verbs;

/// <summary><c>doctor</c>: whether this machine has what training needs, and what to do about it.</summary>
internal static class DoctorVerb
{
    /// <summary>The verb.</summary>
    public static Command Of(Terminal terminal)
    {
        var verb = new Command("doctor", "Say whether this machine has what training needs, and what to do. A lack gives exit code 1");
        var libTorch = PathOption.Of(
            "--libtorch", "DIR",
            $"Folder of the libtorch to look at; without it, {ChosenLibTorch.Variable}'s, or the one that a program here would have");
        verb.Add(libTorch);
        verb.SetAction(parsed =>
        {
            var isWell = true;
            foreach (var line in Lines(Environment.CurrentDirectory, parsed.GetValue(libTorch)))
            {
                // One by one: if loading libtorch ends the process, what was found before it is told.
                terminal.Out.Write(line.ToString());
                terminal.Out.Flush();
                isWell &= line.Health != Health.Bad;
            }

            return isWell ? ToolProgram.Succeeded : ToolProgram.Found;
        });
        return verb;
    }

    private static IEnumerable<Checkup> Lines(string folder, string? libTorch)
    {
        var isNeeded = NeedsLibTorch(folder, libTorch);
        return DotnetCheckup.Lines()
            .Prepend(new Checkup(Health.Good, "ModelGen", typeof(DoctorVerb).Assembly.GetName().Version!.ToString(3)))
            .Concat(SystemCheckup.Lines().Concat(LibTorchCheckup.Lines(folder, libTorch)).Select(line => isNeeded ? line : line.AsNote()));
    }

    /// <summary>Whether somebody means to use libtorch: who names one, and a project here, unless it leaves TorchSharp out.</summary>
    internal static bool NeedsLibTorch(string folder, string? libTorch) =>
        (libTorch ?? Environment.GetEnvironmentVariable(ChosenLibTorch.Variable)) is { Length: > 0 }
        || (ProjectFile.Of(Path.Combine(folder, "any")) is { } project && !ProjectFile.LeavesTorchOut(project));
}

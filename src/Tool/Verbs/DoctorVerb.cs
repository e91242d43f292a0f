using System.CommandLine;
using ModelGen.Reporting;
using ModelGen.Tool.Doctor;

namespace ModelGen.Tool.Verbs;

/// <summary><c>doctor</c>: whether this machine has what training needs, and what to do about it.</summary>
internal static class DoctorVerb
{
    /// <summary>The verb.</summary>
    public static Command Of(Terminal terminal)
    {
        var verb = new Command("doctor", "Say whether this machine has what training needs, and what to do. A lack gives exit code 1");
        verb.SetAction(_ =>
        {
            var isWell = true;
            foreach (var line in Lines(Environment.CurrentDirectory))
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

    private static IEnumerable<Checkup> Lines(string folder) => DotnetCheckup.Lines()
        .Prepend(new Checkup(Health.Good, "ModelGen", typeof(DoctorVerb).Assembly.GetName().Version!.ToString(3)))
        .Concat(SystemCheckup.Lines())
        .Concat(LibTorchCheckup.Lines(folder));
}

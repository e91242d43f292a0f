namespace ModelGen.CommandLine;

/// <summary>How this program was started, as far as it can know, to tell a person how to start it again.</summary>
internal static class Resumption
{
    // What no shell takes for more than itself, wherever it stands.
    private static readonly string Plain = OperatingSystem.IsWindows() ? @"\/.-_:+" : "/.-_:+@,";

    /// <summary>The program's own path, or <c>dotnet</c> with that of its assembly, ready to be pasted.</summary>
    public static string Command
    {
        get
        {
            var assembly = Environment.GetCommandLineArgs()[0];
            var process = Path.GetFileNameWithoutExtension(Environment.ProcessPath ?? "");
            return process == "dotnet" ? $"dotnet {Quoted(assembly)}" : Quoted(Environment.ProcessPath ?? assembly);
        }
    }

    /// <summary>A path as shells take it for one word: between single quotes, in which only those mean something, or as Windows has it.</summary>
    public static string Quoted(string path)
    {
        if (path.Length > 0 && path.All(character => char.IsLetterOrDigit(character) || Plain.Contains(character)))
            return path;
        return OperatingSystem.IsWindows() ? $"\"{path}\"" : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}

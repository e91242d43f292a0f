namespace ModelGen.CommandLine;

/// <summary>How this program was started, as far as it can know, to tell a person how to start it again.</summary>
internal static class Resumption
{
    /// <summary>The program's own path, <c>dotnet</c> with that of its assembly, or <c>dotnet run --</c> with the project's folder unknown.</summary>
    public static string Command
    {
        get
        {
            var assembly = Environment.GetCommandLineArgs()[0];
            var process = Path.GetFileNameWithoutExtension(Environment.ProcessPath ?? "");
            return process == "dotnet" ? $"dotnet {assembly}" : Environment.ProcessPath ?? assembly;
        }
    }
}

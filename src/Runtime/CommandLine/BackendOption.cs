namespace ModelGen.CommandLine;

/// <summary><c>--backend torch|csharp</c>: which of two compiled forms of one network a command is for. It stands before all else, so it is taken out of the arguments.</summary>
internal static class BackendOption
{
    public const string Name = "--backend";

    /// <summary>The form that other arguments are for when nothing is said.</summary>
    public const string Default = "torch";

    /// <summary>Takes the option out.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="rest">The others.</param>
    /// <returns>What is chosen; null where nothing is said, and empty where the value is missing.</returns>
    public static string? Take(string[] args, out string[] rest)
    {
        rest = args;
        var at = Array.FindIndex(args, arg => arg == Name || arg.StartsWith(Name + "=", StringComparison.Ordinal));
        if (at < 0)
            return null;
        var isJoined = args[at].Length > Name.Length;
        rest = [.. args[..at], .. args.Skip(at + (isJoined ? 1 : 2))];
        return isJoined ? args[at][(Name.Length + 1)..] : args.ElementAtOrDefault(at + 1) ?? "";
    }
}

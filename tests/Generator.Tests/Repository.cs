using System.Runtime.CompilerServices;

namespace ModelGen.Tests;

/// <summary>The folders of this repository as they were when the tests were compiled: snapshots and derived files live among the sources.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(TestFolder(), "..", ".."));

    /// <summary>Set MODELGEN_UPDATE=1 to let tests rewrite derived files and snapshots instead of failing.</summary>
    public static bool Update { get; } = Environment.GetEnvironmentVariable("MODELGEN_UPDATE") == "1";

    /// <summary>Passes when the file holds <paramref name="expected"/>; otherwise writes it, if asked to, or fails with how to.</summary>
    public static void AssertDerived(string path, string expected)
    {
        var full = Path.Combine(Root, path);
        if (File.Exists(full) && File.ReadAllText(full) == expected)
            return;
        if (!Update)
            Assert.Fail($"{path} is not what it is derived from. Run the tests once with MODELGEN_UPDATE=1 and look at the difference.");
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, expected);
    }

    private static string TestFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

namespace ModelGen.Data;

/// <summary>Where decoded images may be kept, the best place first.</summary>
internal static class CacheFolders
{
    private const string BesideData = ".modelgen";

    /// <summary>The folders, which need not be there yet.</summary>
    /// <param name="dataFolder">
    /// The folder above train and test, or null when the classes have no folder above them but their own: another folder beside the classes
    /// would be one more class for torchvision's <c>ImageFolder</c>.
    /// </param>
    public static IReadOnlyList<string> For(string? dataFolder)
    {
        var user = OfUser();
        string[] folders =
        [
            dataFolder is null ? "" : Path.Combine(dataFolder, BesideData),
            user.Length == 0 ? "" : Path.Combine(user, "modelgen", "images"),
        ];
        return [.. folders.Where(folder => folder.Length > 0)];
    }

    /// <summary>The user's own: <c>XDG_CACHE_HOME</c>, else <c>~/.cache</c> on Linux and the local application data elsewhere; empty if there is none.</summary>
    private static string OfUser()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } named && Path.IsPathFullyQualified(named))
            return named;
        var (folder, below) = OperatingSystem.IsLinux()
            ? (Environment.SpecialFolder.UserProfile, ".cache")
            : (Environment.SpecialFolder.LocalApplicationData, "");
        var home = Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length == 0 ? "" : Path.Combine(home, below);
    }
}

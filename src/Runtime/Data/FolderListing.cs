namespace ModelGen.Data;

/// <summary>What lies directly in a folder, in ordinal order, without what is hidden (by a leading dot or by the file system).</summary>
internal static class FolderListing
{
    private static readonly EnumerationOptions Visible = new() { AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false };
    private static readonly string[] ImageExtensions = [".jpg", ".jpeg", ".png", ".bmp", ".webp"];

    /// <summary>The paths of the image files, by their extensions.</summary>
    /// <exception cref="ModelGenException">The folder can't be read.</exception>
    public static string[] Images(string folder) => Files(folder).Images;

    /// <summary>The same, and how many other files there are.</summary>
    /// <exception cref="ModelGenException">The folder can't be read.</exception>
    public static (string[] Images, int Others) Files(string folder)
    {
        var files = List(folder, Directory.EnumerateFiles);
        var images = Array.FindAll(files, path => HasExtension(path, ImageExtensions));
        return (images, files.Length - images.Length);
    }

    /// <summary>The paths of the CSV files, by their extension.</summary>
    /// <exception cref="ModelGenException">The folder can't be read.</exception>
    public static string[] Tables(string folder) => Array.FindAll(List(folder, Directory.EnumerateFiles), path => HasExtension(path, ".csv"));

    /// <summary>The paths of the folders.</summary>
    /// <exception cref="ModelGenException">The folder can't be read.</exception>
    public static string[] Folders(string folder) => List(folder, Directory.EnumerateDirectories);

    private static bool HasExtension(string path, params ReadOnlySpan<string> extensions) =>
        extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static string[] List(string folder, Func<string, string, EnumerationOptions, IEnumerable<string>> enumerate)
    {
        try
        {
            var paths = enumerate(folder, "*", Visible).Where(path => Path.GetFileName(path)[0] != '.').ToArray();
            Array.Sort(paths, StringComparer.Ordinal);
            return paths;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"Cannot read the folder '{folder}': {error.Message}", error);
        }
    }
}

using System.Text;
using ModelGen.Formats;

namespace ModelGen.Tool.Verbs;

/// <summary>Writes files that were not there: what a person has is never written over.</summary>
internal static class NewFile
{
    /// <summary>Refuses a place that is taken.</summary>
    /// <exception cref="ModelGenException">It is.</exception>
    public static void Require(string path)
    {
        if (Path.Exists(path))
            throw new ModelGenException($"'{path}' is there already: move it away, or name another file.");
    }

    /// <summary>Writes files that belong together, all or none of them; their folder is made if it is not there.</summary>
    /// <param name="files">Their places, and what writes each into its place.</param>
    /// <exception cref="ModelGenException">One can't be written.</exception>
    public static void Write(IReadOnlyList<(string Path, Action<string> Write)> files)
    {
        foreach (var (path, _) in files)
            Require(path);
        foreach (var folder in files.Select(file => Path.GetDirectoryName(Path.GetFullPath(file.Path))!).Distinct())
            MakeFolder(folder);
        var written = new List<string>();
        try
        {
            foreach (var (path, write) in files)
            {
                write(path);
                written.Add(path);
            }
        }
        catch (ModelGenException)
        {
            written.ForEach(File.Delete);
            throw;
        }
    }

    /// <summary>Writes the text, in UTF-8.</summary>
    /// <exception cref="ModelGenException">It can't be written, or its folder is not there.</exception>
    public static void Write(string path, string text)
    {
        Require(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new ModelGenException($"There is no folder '{folder}': make it first.");
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    private static void MakeFolder(string folder)
    {
        if (File.Exists(folder))
            throw new ModelGenException($"'{folder}' is a file: name a folder.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"The folder '{folder}' can't be made: {error.Message}", error);
        }
    }
}

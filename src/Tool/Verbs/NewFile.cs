using System.Text;
using ModelGen.Formats;

namespace ModelGen.Tool.Verbs;

/// <summary>Writes files that were not there: what a person has is never written over.</summary>
internal static class NewFile
{
    /// <summary>Refuses a place that is taken, or a folder that is not there.</summary>
    /// <exception cref="ModelGenException">It can't be written there.</exception>
    public static void Require(string path)
    {
        if (Path.Exists(path))
            throw new ModelGenException($"'{path}' is there already: move it away, or name another file.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new ModelGenException($"There is no folder '{folder}': make it first.");
    }

    /// <summary>Writes files that belong together, all or none of them.</summary>
    /// <exception cref="ModelGenException">One can't be written.</exception>
    public static void Write(IReadOnlyList<(string Path, string Text)> files)
    {
        foreach (var (path, _) in files)
            Require(path);
        var written = new List<string>();
        try
        {
            foreach (var (path, text) in files)
            {
                Write(path, text);
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
    /// <exception cref="ModelGenException">It can't be written.</exception>
    public static void Write(string path, string text)
    {
        Require(path);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }
}

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

    /// <summary>Writes the text, in UTF-8.</summary>
    /// <exception cref="ModelGenException">It can't be written.</exception>
    public static void Write(string path, string text)
    {
        Require(path);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }
}

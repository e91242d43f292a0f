using System.Globalization;
using ModelGen.Formats;
using ModelGen.Reporting;

namespace ModelGen.Training;

/// <summary>The names of a network's classes, kept beside its weights: UTF-8 text, one name a line, in the order of the labels.</summary>
public static class LabelsFile
{
    /// <summary>The file's name in the folder of the weights.</summary>
    internal const string FileName = "labels.txt";

    /// <summary>Writes the names into <paramref name="folder"/>, replacing the file that is there.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="classes">The names, in the order of their labels.</param>
    /// <exception cref="ModelGenException">A name has a line break in it, or the file can't be written.</exception>
    internal static void Write(string folder, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        Check(classes);
        AtomicFile.Write(Path.Combine(folder, FileName), stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            foreach (var name in classes)
                writer.WriteLine(name);
        });
    }

    /// <summary>Reads the names that belong to the weights in <paramref name="weightsPath"/>.</summary>
    /// <param name="weightsPath">The path of the weights; the names are in <c>labels.txt</c> in the same folder.</param>
    /// <param name="classes">How many classes the network tells apart.</param>
    /// <param name="names">The names that stand in for a file that is not there, or null for the numbers <c>0</c> to <c>classes - 1</c>.</param>
    /// <returns>The names in the file, which was written with the weights; else those that stand in.</returns>
    /// <exception cref="ModelGenException">The file has another number of names, or can't be read.</exception>
    public static IReadOnlyList<string> ReadBeside(string weightsPath, int classes, IReadOnlyList<string>? names = null) =>
        FindBeside(weightsPath, classes) ?? names ?? [.. Enumerable.Range(0, classes).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Reads the names that belong to the weights in <paramref name="weightsPath"/>, if they are there.</summary>
    /// <param name="weightsPath">As in <see cref="ReadBeside"/>.</param>
    /// <param name="classes">As in <see cref="ReadBeside"/>.</param>
    /// <returns>The names in the file, which was written with the weights; null where there is none.</returns>
    /// <exception cref="ModelGenException">The file has another number of names, or can't be read.</exception>
    public static IReadOnlyList<string>? FindBeside(string weightsPath, int classes)
    {
        ArgumentNullException.ThrowIfNull(weightsPath);
        var path = Path.Combine(Path.GetDirectoryName(weightsPath) ?? "", FileName);
        if (!File.Exists(path))
            return null;
        var written = Read(path);
        return written.Count == classes
            ? written
            : throw new ModelGenException(
                $"'{path}' names {Quantity.Counted(written.Count, "class")}, but '{weightsPath}' tells {classes} apart: put the {FileName} there that was written with these weights.");
    }

    /// <summary>The names in a file.</summary>
    /// <exception cref="ModelGenException">It can't be read.</exception>
    internal static IReadOnlyList<string> Read(string path) => InputFile.Read(path, FileName, stream =>
    {
        using var reader = new StreamReader(stream);
        var names = new List<string>();
        while (reader.ReadLine() is { } name)
            names.Add(name);
        return names;
    });

    /// <summary>Refuses names that would not read back.</summary>
    internal static void Check(IReadOnlyList<string> classes)
    {
        foreach (var name in classes)
        {
            if (name.AsSpan().ContainsAny('\r', '\n'))
                throw new ModelGenException($"The class name '{name.ReplaceLineEndings(" ")}' has a line break in it: rename it.");
        }
    }
}

using System.Collections.Generic;
using ModelGen.Collections;

namespace ModelGen.Specs;

/// <summary>A stretch of a source file: offsets in characters, lines and columns from 0.</summary>
internal readonly record struct SourceSpan(int Start, int Length, int StartLine, int StartColumn, int EndLine, int EndColumn);

/// <summary>
/// Where each part of a spec stands in its file, by path: <c>layers[2]</c> is a layer, <c>layers[2].padding</c> a value,
/// <c>layers[2].padding!</c> the name in front of it, <c>layers[2].padding*</c> the value where it is set once more; <c>syntax[0]</c> is where
/// the first mistake of the file's own form stands.
/// </summary>
internal sealed record SourceMap(string FilePath, EquatableArray<SourceMap.Entry> Entries)
{
    public readonly record struct Entry(string Path, SourceSpan Span);

    public static string Syntax(int index) => $"syntax[{index.ToString(System.Globalization.CultureInfo.InvariantCulture)}]";

    /// <summary>A path's last part. Either slash, on any system: what is generated must not depend on where.</summary>
    public static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);

    public static string KeyOf(string path) => path + "!";

    public static string AgainOf(string path) => path + "*";

    // Where in the entries each path is. Built when something is wrong; a map is what its entries are.
    private Dictionary<string, int>? _byPath;

    /// <summary>The span of <paramref name="path"/>, or of the nearest part around it that has one.</summary>
    public SourceSpan Find(string path)
    {
        _byPath ??= ByPath();
        for (var part = path; ; part = Outer(part))
        {
            if (_byPath.TryGetValue(part, out var entry))
                return Entries[entry].Span;
            if (part.Length == 0)
                return default;
        }
    }

    // A path keeps its first two spans.
    private Dictionary<string, int> ByPath()
    {
        var byPath = new Dictionary<string, int>(Entries.Count, System.StringComparer.Ordinal);
        for (var i = 0; i < Entries.Count; i++)
        {
            var path = byPath.ContainsKey(Entries[i].Path) ? AgainOf(Entries[i].Path) : Entries[i].Path;
            if (!byPath.ContainsKey(path))
                byPath.Add(path, i);
        }

        return byPath;
    }

    public bool Equals(SourceMap? other) => other is not null && FilePath == other.FilePath && Entries.Equals(other.Entries);

    public override int GetHashCode() => Entries.GetHashCode();

    private static string Outer(string path)
    {
        if (path[path.Length - 1] is '!' or '*')
            return path.Substring(0, path.Length - 1);
        var cut = System.Math.Max(path.LastIndexOf('.'), path.LastIndexOf('['));
        return cut < 0 ? "" : path.Substring(0, cut);
    }

    /// <summary>Collects the entries while a reader walks its source. A path that comes twice is sorted out when something is looked for.</summary>
    public sealed class Builder(string filePath)
    {
        private readonly List<Entry> _entries = new(64);

        public void Add(string path, SourceSpan span) => _entries.Add(new Entry(path, span));

        public SourceMap Build() => new(filePath, EquatableArray<Entry>.Of(_entries));
    }
}

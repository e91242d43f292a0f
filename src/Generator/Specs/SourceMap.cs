using System.Collections.Generic;
using ModelGen.Collections;

namespace ModelGen.Specs;

/// <summary>A stretch of a source file, in characters.</summary>
internal readonly record struct SourceSpan(int Start, int Length);

/// <summary>Where lines of a source file begin: in which line and column a place is, is looked up when something is said of it.</summary>
/// <param name="First">The number of the first of them, from 0.</param>
/// <param name="Starts">The offset at which each begins.</param>
internal readonly record struct SourceLines(int First, EquatableArray<int> Starts)
{
    /// <summary>All lines of a text.</summary>
    public static SourceLines Of(string text)
    {
        var lines = 1;
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', end + 1))
            lines++;
        var starts = new int[lines];
        for (var line = 1; line < lines; line++)
            starts[line] = text.IndexOf('\n', starts[line - 1]) + 1;
        return new SourceLines(0, EquatableArray<int>.Owning(starts));
    }

    /// <summary>The line and the column of an offset, from 0.</summary>
    public (int Line, int Column) PositionOf(int offset)
    {
        if (Starts.Count == 0)
            return default;
        var (first, last) = (0, Starts.Count - 1);
        while (first < last)
        {
            var middle = (first + last + 1) / 2;
            (first, last) = Starts[middle] <= offset ? (middle, last) : (first, middle - 1);
        }

        return (First + first, offset - Starts[first]);
    }
}

/// <summary>
/// Where each part of a spec stands in its file, by path: <c>layers[2]</c> is a layer, <c>layers[2].padding</c> a value,
/// <c>layers[2].padding!</c> the name in front of it, <c>layers[2].padding*</c> the value where it is set once more; <c>syntax[0]</c> is where
/// the first mistake of the file's own form stands.
/// </summary>
/// <param name="FilePath">The file.</param>
/// <param name="Entries">The places, in the order in which the reader came to them.</param>
/// <param name="Lines">The file's lines; of C# that of the class's name, which is all that is said of it outside of its tree.</param>
internal sealed record SourceMap(string FilePath, EquatableArray<SourceMap.Entry> Entries, SourceLines Lines)
{
    public readonly record struct Entry(string Path, SourceSpan Span);

    public static string Syntax(int index) => $"syntax[{index.ToString(System.Globalization.CultureInfo.InvariantCulture)}]";

    /// <summary>A path's last part. Either slash, on any system: what is generated must not depend on where.</summary>
    public static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);

    public static string KeyOf(string path) => TextBuffer.Joined(path, "!");

    public static string AgainOf(string path) => path + "*";

    // To look for a few is cheaper than to build the table for them.
    private const int FewQuestions = 8;

    // Where in the entries each path is. Built when much is wrong; a map is what its entries are.
    private Dictionary<string, int>? _byPath;
    private int _questions;

    /// <summary>The span of <paramref name="path"/>, or of the nearest part around it that has one.</summary>
    public SourceSpan Find(string path)
    {
        for (var part = path; ; part = Outer(part))
        {
            if (IndexOf(part) is >= 0 and var entry)
                return Entries[entry].Span;
            if (part.Length == 0)
                return default;
        }
    }

    /// <summary>Whether it has <paramref name="path"/> itself.</summary>
    public bool Has(string path) => IndexOf(path) >= 0;

    private int IndexOf(string path)
    {
        // What is set once more, is so in the table only.
        if (_byPath is null && _questions++ < FewQuestions && !path.EndsWith("*", System.StringComparison.Ordinal))
        {
            var index = 0;
            while (index < Entries.Count && Entries[index].Path != path)
                index++;
            return index < Entries.Count ? index : -1;
        }

        _byPath ??= ByPath();
        return _byPath.TryGetValue(path, out var entry) ? entry : -1;
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

    public bool Equals(SourceMap? other) => other is not null && FilePath == other.FilePath && Entries.Equals(other.Entries) && Lines.Equals(other.Lines);

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
        /// <summary>Entries; a list for a longer spec is not kept.</summary>
        private const int MaxKept = 1024;

        // A thread's list serves spec after spec.
        [System.ThreadStatic]
        private static List<Entry>? _kept;

        private readonly List<Entry> _entries = Take();

        /// <summary>The file's lines, as far as anything is said of them.</summary>
        public SourceLines Lines { get; set; }

        public void Add(string path, SourceSpan span) => _entries.Add(new Entry(path, span));

        /// <summary>The map. The builder can't be used after it.</summary>
        public SourceMap Build()
        {
            var map = new SourceMap(filePath, EquatableArray<Entry>.Of(_entries), Lines);
            _entries.Clear();
            if (_entries.Capacity <= MaxKept)
                _kept = _entries;
            return map;
        }

        private static List<Entry> Take()
        {
            var entries = _kept ?? [];
            _kept = null;
            return entries;
        }
    }
}

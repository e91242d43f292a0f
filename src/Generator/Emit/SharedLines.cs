using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace ModelGen.Emit;

/// <summary>
/// A literal of a template as it stands in a text: indented, and in ASCII. It is the same in every file that the template writes, and held once
/// in the process: of a hundred networks' trainers the compiler keeps what differs.
/// </summary>
internal sealed class SharedLines
{
    // A piece of a text takes 16 bytes, and so does the one behind it.
    private const int LeastLength = 64;

    // A class in so many others is nobody's.
    private const int MaxDepth = 8;

    // As many as the assembly has literals.
    private static readonly ConcurrentDictionary<Key, SharedLines?> Known = new();

    private SharedLines(byte[] text, int length, int column) => (Text, Length, Column) = (text, length, column);

    public byte[] Text { get; }

    /// <summary>How much of the literal it is: all but spaces at its end, behind which lines may stand that are none.</summary>
    public int Length { get; }

    /// <summary>How many characters of the last line are in it; 0 where it ends with a line.</summary>
    public int Column { get; }

    /// <summary>The literal's lines, or null where they are not worth a piece of their own.</summary>
    /// <param name="literal">A literal of this assembly: it is known by where it is, and not by what it says.</param>
    /// <param name="depth">How many braces are open around it.</param>
    /// <param name="column">How many characters stand before it in its line.</param>
    public static SharedLines? Of(string literal, int depth, int column) =>
        literal.Length < LeastLength || depth > MaxDepth ? null : Known.GetOrAdd(new Key(literal, depth, column == 0), Read);

    private static SharedLines? Read(Key key)
    {
        var literal = key.Literal;
        var length = literal.TrimEnd(' ').Length;
        var text = new StringBuilder();
        var lineStart = 0;
        for (var at = 0; at < length;)
        {
            var end = literal.IndexOf('\n', at);
            var isWhole = end >= 0;
            if (!isWhole)
                end = length;
            // A template has the line ends of its own source.
            var count = (isWhole && end > at && literal[end - 1] == '\r' ? end - 1 : end) - at;
            if (count > 0 && (at > 0 || key.IsAtLineStart))
                text.Append(' ', 4 * key.Depth);
            text.Append(literal, at, count);
            if (isWhole)
                lineStart = text.Append('\n').Length;
            at = end + 1;
        }

        var lines = text.ToString();
        return lineStart > 0 && lines.Length >= LeastLength && Encoding.UTF8.GetByteCount(lines) == lines.Length
            ? new SharedLines(Encoding.ASCII.GetBytes(lines), length, lines.Length - lineStart)
            : null;
    }

    private readonly struct Key(string literal, int depth, bool isAtLineStart) : IEquatable<Key>
    {
        public string Literal { get; } = literal;

        public int Depth { get; } = depth;

        public bool IsAtLineStart { get; } = isAtLineStart;

        public bool Equals(Key other) => ReferenceEquals(Literal, other.Literal) && Depth == other.Depth && IsAtLineStart == other.IsAtLineStart;

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => unchecked((RuntimeHelpers.GetHashCode(Literal) * 31) + (2 * Depth) + (IsAtLineStart ? 1 : 0));
    }
}

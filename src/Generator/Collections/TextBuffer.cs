using System;
using System.Text;

namespace ModelGen.Collections;

/// <summary>
/// A thread's buffer for short texts: shapes, names, paths, arguments. A network has hundreds of them, and a builder for each would cost several
/// times the text. Most were written before, for another layer or another network: then that string is taken, and none is made.
/// </summary>
internal static class TextBuffer
{
    /// <summary>Characters; a buffer for a longer text is not kept.</summary>
    private const int MaxKept = 4 * 1024;

    /// <summary>Characters; a longer text is seldom written twice.</summary>
    private const int MaxRecent = 96;

    /// <summary>How many texts a thread remembers; a power of two.</summary>
    private const int Recent = 1024;

    [ThreadStatic]
    private static StringBuilder? _kept;

    // Each text in the place that its hash gives it, until another one takes that.
    [ThreadStatic]
    private static string?[]? _recent;

    [ThreadStatic]
    private static char[]? _characters;

    /// <summary>An empty buffer, its taker's until <see cref="Complete"/> or <see cref="Return"/> takes it back.</summary>
    public static StringBuilder Take()
    {
        var buffer = _kept ?? new StringBuilder(256);
        _kept = null;
        return buffer;
    }

    /// <summary>What was written.</summary>
    public static string Complete(StringBuilder buffer)
    {
        var text = buffer.Length <= MaxRecent ? Remembered(buffer) : buffer.ToString();
        Return(buffer);
        return text;
    }

    /// <summary>Takes a buffer back.</summary>
    public static void Return(StringBuilder buffer)
    {
        if (buffer.Capacity <= MaxKept)
            _kept = buffer.Clear();
    }

    /// <summary>A part of a text.</summary>
    public static string Part(string text, int start, int length)
    {
        if (length > MaxRecent)
            return text.Substring(start, length);
        text.CopyTo(start, Characters, 0, length);
        return Remembered(length);
    }

    /// <summary>Texts one behind the other.</summary>
    public static string Joined(string first, string second, string third = "")
    {
        var length = first.Length + second.Length + third.Length;
        if (length > MaxRecent)
            return first + second + third;
        var characters = Characters;
        first.CopyTo(0, characters, 0, first.Length);
        second.CopyTo(0, characters, first.Length, second.Length);
        third.CopyTo(0, characters, first.Length + second.Length, third.Length);
        return Remembered(length);
    }

    private static char[] Characters => _characters ??= new char[MaxRecent];

    private static string Remembered(StringBuilder buffer)
    {
        buffer.CopyTo(0, Characters, 0, buffer.Length);
        return Remembered(buffer.Length);
    }

    private static string Remembered(int length)
    {
        var characters = Characters.AsSpan(0, length);
        var hash = length;
        foreach (var character in characters)
            hash = unchecked((hash * 31) + character);
        ref var known = ref (_recent ??= new string?[Recent])[(hash ^ (hash >> 15)) & (Recent - 1)];
        return known is not null && known.AsSpan().SequenceEqual(characters) ? known : known = characters.ToString();
    }
}

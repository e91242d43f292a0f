using System;
using System.Text;

namespace ModelGen.Collections;

/// <summary>
/// A thread's buffer for short texts: shapes, names, arguments. A network has hundreds of them, and a builder for each would cost several times
/// the text.
/// </summary>
internal static class TextBuffer
{
    /// <summary>Characters; a buffer for a longer text is not kept.</summary>
    private const int MaxKept = 4 * 1024;

    [ThreadStatic]
    private static StringBuilder? _kept;

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
        var text = buffer.ToString();
        Return(buffer);
        return text;
    }

    /// <summary>Takes a buffer back.</summary>
    public static void Return(StringBuilder buffer)
    {
        if (buffer.Capacity <= MaxKept)
            _kept = buffer.Clear();
    }
}

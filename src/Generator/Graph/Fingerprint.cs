using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ModelGen.Collections;

namespace ModelGen.Graph;

/// <summary>Tells one network from another by all that its layers are: keys, kinds, settings, shapes and connections, and by which of them it gives. A summary leaves settings out.</summary>
internal static class Fingerprint
{
    private const int Digits = 16;
    private const string Hexadecimal = "0123456789abcdef";

    // A thread's own, as it is not safe for several: to make one costs more than to hash a small network.
    [ThreadStatic]
    private static SHA256? _sha;

    /// <summary>The first 64 bits of SHA-256, in hexadecimal.</summary>
    public static string Of(ModelGraph graph)
    {
        var text = TextBuffer.Take();
        for (var i = 0; i < graph.Layers.Count; i++)
        {
            var (node, key, sources) = graph.Layers[i];
            text.Append(key).Append(' ').Append(node.Kind.Keyword).Append(' ');
            node.Settings.Describe(node.Kind.Parameters, text, start: text.Length);
            text.Append(" from ");
            Append(sources, text);
            text.Append("gives ");
            node.Output.AppendTo(text);
            text.Append('\n');
        }

        Append(graph.Flat.Outputs, text);
        var hash = HashOf(text);
        text.Clear();
        for (var i = 0; i < Digits / 2; i++)
            text.Append(Hexadecimal[hash[i] >> 4]).Append(Hexadecimal[hash[i] & 15]);
        return TextBuffer.Complete(text);
    }

    private static void Append(IReadOnlyList<int> layers, StringBuilder text)
    {
        for (var i = 0; i < layers.Count; i++)
            text.Append(layers[i].ToString(CultureInfo.InvariantCulture)).Append(' ');
    }

    // Nobody keeps the text: it needs no string and no array of its own.
    private static byte[] HashOf(StringBuilder text)
    {
        var characters = ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(0, characters, 0, text.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var hash = (_sha ??= SHA256.Create()).ComputeHash(bytes, 0, Encoding.UTF8.GetBytes(characters, 0, text.Length, bytes, 0));
        ArrayPool<char>.Shared.Return(characters);
        ArrayPool<byte>.Shared.Return(bytes);
        return hash;
    }
}

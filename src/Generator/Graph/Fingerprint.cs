using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ModelGen.Collections;

namespace ModelGen.Graph;

/// <summary>Tells one network from another by all that its layers are: keys, kinds, settings, shapes and connections. A summary leaves settings out.</summary>
internal static class Fingerprint
{
    private const int Digits = 16;
    private const string Hexadecimal = "0123456789abcdef";

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
            for (var j = 0; j < sources.Count; j++)
                text.Append(sources[j].ToString(CultureInfo.InvariantCulture)).Append(' ');
            text.Append("gives ");
            node.Output.AppendTo(text);
            text.Append('\n');
        }

        var hash = Of(text);
        TextBuffer.Return(text);
        return hash;
    }

    // Nobody keeps the text: it needs no string and no array of its own.
    private static string Of(StringBuilder text)
    {
        var characters = ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(0, characters, 0, text.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(bytes, 0, Encoding.UTF8.GetBytes(characters, 0, text.Length, bytes, 0));
        ArrayPool<char>.Shared.Return(characters);
        ArrayPool<byte>.Shared.Return(bytes);
        var digits = TextBuffer.Take();
        for (var i = 0; i < Digits / 2; i++)
            digits.Append(Hexadecimal[hash[i] >> 4]).Append(Hexadecimal[hash[i] & 15]);
        return TextBuffer.Complete(digits);
    }
}

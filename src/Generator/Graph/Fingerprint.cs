using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ModelGen.Collections;

namespace ModelGen.Graph;

/// <summary>Tells one network from another by all that its layers are: keys, kinds, settings, shapes and connections. A summary leaves settings out.</summary>
internal static class Fingerprint
{
    private const int Digits = 16;

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

        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(TextBuffer.Complete(text)));
        return BitConverter.ToString(hash, 0, Digits / 2).Replace("-", "").ToLowerInvariant();
    }
}

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
        foreach (var (node, key, sources) in graph.Layers)
        {
            text.Append(key).Append(' ').Append(node.Kind.Keyword).Append(' ').Append(node.Settings.Describe(node.Kind.Parameters)).Append(" from ");
            foreach (var source in sources)
                text.Append(source.ToString(CultureInfo.InvariantCulture)).Append(' ');
            text.Append("gives ").Append(node.Output.ToString()).Append('\n');
        }

        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(TextBuffer.Complete(text)));
        return BitConverter.ToString(hash).Replace("-", "").Substring(0, Digits).ToLowerInvariant();
    }
}

using ModelGen.Layers;

namespace ModelGen.Tests.Robustness;

/// <summary>Random JSON specs: sound ones with one to six changes of their trees, and of some also of their texts.</summary>
internal static class JsonSpecs
{
    private static readonly JsonTree[] Corpus = [.. SoundSpecs.Json.Select(JsonTree.Parse)];

    private static readonly JsonTree[] Graphs = [.. SoundSpecs.Graphs.Select(JsonTree.Parse)];

    private static readonly JsonTree[] Parts = [.. Corpus.SelectMany(spec => spec.All())];

    private static readonly string[] Keys = [.. Corpus.SelectMany(spec => spec.All()).SelectMany(tree => tree.Parts)
        .Select(part => part.Key).OfType<string>().Concat(LayerCatalogue.All.Select(kind => kind.Keyword)).Distinct()];

    private static readonly string[] Leaves =
    [
        "0", "1", "-1", "2", "7", "1000", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
        "99999999999999999999",
        "0.0", "-0.0", "0.5", "1e-400", "4.9e-324", "1e-46", "3.5e38", "1e308", "1e400", "-1e400", "NaN", "Infinity", "0x10", "01", "1.", ".5",
        "1e", "--1",
        "true", "false", "null", "[]", "{}", "undefined", "",
    ];

    private static readonly string[] Expressions =
    [
        "width", "in_channels", "index", "2 * width", "width / 0", "-width", "not is_wide", "width == 4.0", "n > 1 and true", "9223372036854775807 + n", "(((n",
        "1 / index", "width %", "1.5 * n", "nothing", "width width", "true", "[n]", "0 - n / 2",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "//", "/*", "*/", "\\u0000", "\\uD800", "\\q", "\u2028", "\u0085", "\uFEFF", "\0", "\n", "\r\n",
        "\r", "\t", " ",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "'x'", "\"relu\"", "/* x */", "1e400", "true",
    ];

    // What can stand almost anywhere.
    private static readonly JsonTree[] Layers = [.. new[]
    {
        "\"relu\"", "\"gelu\"", "\"tanh\"", """{ "dropout": 0.25 }""", """{ "leaky_relu": 1e-3, "name": "named" }""", """{ "linear": 10 }""",
        "\"flatten\"", "\"batch_norm2d\"",
        """{ "conv2d": 6, "kernel_size": [1, 2], "padding": 1 }""",
    }.Select(JsonTree.Parse)];

    public static string Next(Random random)
    {
        var spec = Pick(random, random.Next(4) == 0 ? Graphs : Corpus).Copy();
        if (random.Next(3) == 0)
        {
            // Near to a sound spec, to see what is written; all others see what is said.
            Adjust(random, spec);
            return spec.ToString();
        }

        for (var edits = random.Next(2) == 0 ? 1 : random.Next(2, 7); edits > 0; edits--)
            spec = Change(random, spec);
        var text = random.Next(4) == 0 ? spec.ToString().Replace(", \"", ",\r\n  \"", StringComparison.Ordinal) : spec.ToString();
        for (var edits = random.Next(4) == 0 ? random.Next(1, 4) : 0; edits > 0; edits--)
            text = Change(random, text);
        return text;
    }

    private static void Adjust(Random random, JsonTree spec)
    {
        var layers = spec.Parts.Single(part => part.Key == "layers").Value.Parts;
        layers.Insert(random.Next(layers.Count + 1), (null, Pick(random, Layers).Copy()));
        var numbers = spec.All().SelectMany(tree => tree.Parts.Select((part, i) => (tree.Parts, i, part)))
            .Where(place => place.part.Value.Raw is [>= '0' and <= '9', ..]).ToArray();
        var (parts, at, number) = Pick(random, numbers);
        var isReal = number.Value.Raw!.Contains('.', StringComparison.Ordinal);
        parts[at] = (number.Key, JsonTree.Leaf(isReal ? Pick(random, ["0.5", "1e-300", "0.125"]) : Pick(random, ["1", "2", "3", "12"])));
        // Text that reaches the code.
        foreach (var classes in spec.All().SelectMany(tree => tree.Parts).Where(part => part.Key == "classes"))
            classes.Value.Parts[0] = (null, JsonTree.Text(Pick(random, HostileText.All)));
    }

    private static JsonTree Change(Random random, JsonTree spec)
    {
        var holders = spec.All().Where(tree => tree.Parts.Count > 0).ToArray();
        if (holders.Length == 0)
            return Part(random);
        var parts = Pick(random, holders).Parts;
        var isObject = parts[0].Key is not null;
        var at = random.Next(parts.Count);
        switch (random.Next(10))
        {
            case 0:
                parts.RemoveAt(at);
                break;
            case 1:
                parts.Insert(random.Next(parts.Count + 1), (isObject ? Key(random, parts[at].Key!) : null, Part(random)));
                break;
            case 2:
                parts.Insert(random.Next(parts.Count + 1), (parts[at].Key, parts[at].Value.Copy()));
                break;
            case 3:
                var other = random.Next(parts.Count);
                (parts[at], parts[other]) = (parts[other], parts[at]);
                break;
            case 4 when isObject:
                parts[at] = (Key(random, parts[at].Key!), parts[at].Value);
                break;
            case 5 when random.Next(20) == 0:
                var copies = random.Next(2, 600);
                parts.InsertRange(at, Enumerable.Repeat(parts[at], copies).Select(part => (part.Key, part.Value.Copy())));
                break;
            default:
                parts[at] = (parts[at].Key, Part(random));
                break;
        }

        return spec;
    }

    private static JsonTree Part(Random random)
    {
        switch (random.Next(8))
        {
            case < 3:
                return JsonTree.Leaf(Pick(random, Leaves));
            case 3:
                return JsonTree.Text(Pick(random, HostileText.All));
            case 4:
                return JsonTree.Text(Pick(random, random.Next(3) == 0 ? Expressions : Keys));
            case 5 when random.Next(10) == 0:
                var deep = JsonTree.Leaf("1");
                for (var depth = random.Next(1, 60); depth > 0; depth--)
                    deep = random.Next(3) == 0
                        ? JsonTree.Object([(Pick(random, Keys), deep)])
                        : JsonTree.List(Enumerable.Repeat(deep, random.Next(10) == 0 ? 2 : 1));
                return deep;
            default:
                return Pick(random, Parts).Copy();
        }
    }

    private static string Key(Random random, string key)
    {
        var at = random.Next(key.Length + 1);
        return random.Next(6) switch
        {
            0 => Pick(random, HostileText.All),
            1 => key.Insert(at, "x"),
            2 when key.Length > 0 => key.Remove(Math.Min(at, key.Length - 1), 1),
            3 => key.ToUpperInvariant(),
            _ => Pick(random, Keys),
        };
    }

    private static string Change(Random random, string text)
    {
        var (from, to) = (random.Next(text.Length + 1), random.Next(text.Length + 1));
        var (start, end) = (Math.Min(from, to), Math.Max(from, to));
        return random.Next(4) switch
        {
            0 => text[..start] + text[Math.Min(text.Length, start + random.Next(20))..],
            1 => text[..start],
            2 => text[end..] + text[start..end] + text[..start],
            _ => text.Insert(start, Pick(random, Pieces)),
        };
    }

    public static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}

using ModelGen.Training;

namespace ModelGen.CommandLine;

/// <summary>How <c>--log</c> names the forms of logs: words with commas between them, such as <c>jsonl,csv</c>.</summary>
internal static class LogWords
{
    private static readonly (string Word, LogFormats Format)[] Known = [("jsonl", LogFormats.Jsonl), ("csv", LogFormats.Csv), ("tensorboard", LogFormats.TensorBoard)];

    private const string None = "none";

    /// <summary>Reads the words; false when one is wrong, missing or there twice.</summary>
    public static bool TryRead(string text, out LogFormats formats)
    {
        formats = LogFormats.None;
        if (text == None)
            return true;
        foreach (var word in text.Split(','))
        {
            var format = Known.FirstOrDefault(known => known.Word == word).Format;
            if (format == LogFormats.None || formats.HasFlag(format))
                return false;
            formats |= format;
        }

        return true;
    }

    /// <summary>The text with its wrong words put right, or null where none is near.</summary>
    public static string? Suggest(string text)
    {
        var words = text.Split(',').Select(word => Spelling.Nearest(word.Trim(), Known.Select(known => known.Word))).ToList();
        return words.Contains(null) ? null : string.Join(',', words.Distinct());
    }

    /// <summary>The formats as <see cref="TryRead"/> takes them.</summary>
    public static string Of(LogFormats formats) => formats == LogFormats.None
        ? None
        : string.Join(',', Known.Where(known => formats.HasFlag(known.Format)).Select(known => known.Word));
}

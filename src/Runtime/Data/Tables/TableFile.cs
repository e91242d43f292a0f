using System.Globalization;
using System.Text;
using System.Text.Unicode;
using ModelGen.CommandLine;
using ModelGen.Reporting;
using nietras.SeparatedValues;

namespace ModelGen.Data;

/// <summary>One CSV file (RFC 4180), read whole. Whatever is wrong with it is one sentence with the file, the line and the column.</summary>
internal sealed class TableFile
{
    // Strict: a reader that puts a sign in the place of what it can't read would make it part of a class's name.
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly List<string[]> _rows = [];
    private readonly List<int> _lines = [];
    private readonly List<int> _emptyLines = []; // since the last row

    private TableFile(string path) => _path = path;

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>The line on which each row begins, from 1.</summary>
    public IReadOnlyList<int> Lines => _lines;

    /// <summary>The number of rows, at least 1.</summary>
    public int Count => _rows.Count;

    /// <summary>Whether the first line is one name for want of the right delimiter.</summary>
    private bool IsUnparted => Columns is [var only] && only.AsSpan().IndexOfAny(",;|\t") >= 0;

    // A tab would be a question mark in a message.
    private string Names => Quantity.Listed(Columns.Select(column => $"'{column.Replace("\t", "\\t", StringComparison.Ordinal)}'"));

    private string FirstLineIsRow =>
        $"its first line is {Names}: put a line with the columns' names before it, or set 'header' to false and call them column1, column2 and so on.";

    /// <summary>Reads the rows, all of the same number of columns.</summary>
    /// <exception cref="ModelGenException">The file can't be read, has no rows, or a row has another number of columns.</exception>
    public static TableFile Read(string path, TableFormat format)
    {
        var table = new TableFile(path);
        try
        {
            using var text = new StreamReader(path, Encoding, detectEncodingFromByteOrderMarks: false);
            // Sep's own checks would stop with its words: columns are counted and named here.
            using var reader = Sep.New(format.Delimiter).Reader(options => options with
            {
                HasHeader = false,
                Unescape = true,
                DisableColCountCheck = true,
                Trim = SepTrim.Outer,
                CultureInfo = CultureInfo.InvariantCulture,
            }).From(text);
            foreach (var row in reader)
            {
                // Of tabs between values a row without any is white space too.
                if (row.ColCount == 1 && row.Span.IsWhiteSpace())
                    table._emptyLines.Add(row.LineNumberFrom);
                else
                    table.Add(row, format);
            }
        }
        catch (DecoderFallbackException error)
        {
            throw new ModelGenException(
                FormattableString.Invariant($"'{path}' line {FirstLineOfOtherText(path)}: the text is not UTF-8: save the file as UTF-8."),
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or InvalidDataException)
        {
            throw new ModelGenException($"Cannot read the table '{path}': {error.Message}", error);
        }

        return table.Count > 0 ? table : throw new ModelGenException($"'{path}' has no rows: name a file that has some.");
    }

    /// <summary>The place of a column.</summary>
    /// <exception cref="ModelGenException">There is none of this name.</exception>
    public int Find(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == name)
                return i;
        }

        var meant = IsUnparted ? $"it has {Names}: set 'delimiter' to what stands between the names."
            : Spelling.Nearest(name, Columns.Where(column => !IsNumber(column))) is { } nearest ? $"did you mean '{nearest}'?"
            : Columns.Count(IsNumber) >= Math.Max(1, Columns.Count - 1) ? FirstLineIsRow // The class of a row is often its last value.
            : $"it has {Names}.";
        throw new ModelGenException($"'{_path}' has no column '{name}'; {meant}");
    }

    /// <summary>The text of a cell.</summary>
    public string Text(int row, int column) => _rows[row][column];

    /// <summary>The number in a cell.</summary>
    /// <exception cref="ModelGenException">It holds none, or one beyond float32.</exception>
    public float Number(int row, int column)
    {
        var text = _rows[row][column];
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value))
            return value;
        throw text.Length == 0
            ? Wrong(row, column, "is empty: fill it in, or leave the row out")
            : Wrong(row, column, $"holds '{text}', which is no number: write one with a decimal point, as in 1.5, or leave the column out of 'features'");
    }

    /// <summary>Says what is wrong with a cell.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column's place.</param>
    /// <param name="words">The end of the sentence, without its full stop.</param>
    public ModelGenException Wrong(int row, int column, string words) =>
        new(FormattableString.Invariant($"'{_path}' line {_lines[row]}: the column '{Columns[column]}' {words}."));

    private static bool IsNumber(string text) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static int FirstLineOfOtherText(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        var line = 1;
        for (; bytes.IndexOf((byte)'\n') is var end and >= 0 && Utf8.IsValid(bytes[..end]); line++)
            bytes = bytes[(end + 1)..];
        return line;
    }

    private void Add(SepReader.Row row, TableFormat format)
    {
        // Before a value is asked for, which takes its quotes out of the row.
        if (QuotedCells.FirstWrong(row.Span, format.Delimiter) is var (place, lines))
        {
            var value = place < Columns.Count ? $"the column '{Columns[place]}'" : FormattableString.Invariant($"value {place + 1}");
            // Of a first row that doesn't end, Sep counts no lines.
            var line = Columns.Count == 0 ? "first line" : FormattableString.Invariant($"line {row.LineNumberFrom + lines}");
            throw new ModelGenException($"'{_path}' {line}: {value} has a quote (\") that does not stand around its whole value: close it, and write a quote within a value twice.");
        }

        var cells = new string[row.ColCount];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = row[i].ToString();
        if (Columns.Count == 0)
        {
            Columns = format.HasHeader ? cells : [.. cells.Select((_, i) => FormattableString.Invariant($"column{i + 1}"))];
            if (Columns.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } same)
                throw new ModelGenException($"'{_path}' has two columns called '{same.Key}'{(IsNumber(same.Key) ? $"; {FirstLineIsRow}" : ": rename one.")}");
            if (format.HasHeader)
            {
                _emptyLines.Clear();
                return;
            }
        }

        if (cells.Length != Columns.Count)
        {
            if (IsUnparted)
                throw new ModelGenException($"'{_path}' has one column, {Names}: set 'delimiter' to what stands between the names.");
            var hint = cells.Length == 1 ? ", or set 'delimiter' to what stands between them" : "";
            throw new ModelGenException(FormattableString.Invariant(
                $"'{_path}' line {row.LineNumberFrom}: the row has {Quantity.Counted(cells.Length, "value")}, but {(Columns.Count == 1 ? "there is" : "there are")} {Quantity.Counted(Columns.Count, "column")}: write one value for each{hint}."));
        }

        // Between rows of one value an empty line is a row without its value; at the end, and between rows of more, it is none.
        foreach (var line in _emptyLines)
        {
            if (Columns.Count == 1)
                AddRow([""], line);
        }

        _emptyLines.Clear();
        AddRow(cells, row.LineNumberFrom);
    }

    private void AddRow(string[] cells, int line)
    {
        _rows.Add(cells);
        _lines.Add(line);
    }
}

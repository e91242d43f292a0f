using System.Text;

namespace ModelGen.Reporting;

/// <summary>A curve in characters: Braille patterns of 2x4 dots a cell, or one star a cell.</summary>
internal static class Plot
{
    // U+2800 is the empty pattern; a dot's bit by its column and its row from the top.
    private const char Empty = '\u2800';
    private static readonly int[,] Dots = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    /// <summary>Draws points as lines of text, from the top.</summary>
    /// <param name="points">Where they lie: 0 to 1 from left to right, 0 to 1 from below.</param>
    /// <param name="width">Cells across, at least 1.</param>
    /// <param name="height">Lines, at least 1.</param>
    /// <param name="unicode">Whether Braille patterns arrive as they are.</param>
    public static IReadOnlyList<string> Draw(IEnumerable<(double X, double Y)> points, int width, int height, bool unicode)
    {
        var (across, down) = unicode ? (2, 4) : (1, 1);
        var cells = new int[height, width];
        foreach (var (x, y) in points)
        {
            var column = (int)Math.Round(Math.Clamp(x, 0, 1) * ((width * across) - 1));
            var row = (int)Math.Round((1 - Math.Clamp(y, 0, 1)) * ((height * down) - 1));
            cells[row / down, column / across] |= Dots[column % across, row % down];
        }

        return [.. Enumerable.Range(0, height).Select(Line)];

        string Line(int row)
        {
            var line = new StringBuilder(width);
            for (var column = 0; column < width; column++)
                line.Append(cells[row, column] == 0 ? ' ' : unicode ? (char)(Empty + cells[row, column]) : '*');
            return line.ToString().TrimEnd();
        }
    }
}

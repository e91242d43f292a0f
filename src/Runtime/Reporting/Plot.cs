using System.Text;

namespace ModelGen.Reporting;

/// <summary>A curve in characters: Braille patterns of 2x4 dots a cell, or one star a cell.</summary>
internal static class Plot
{
    // U+2800 is the empty pattern; a dot's bit by its column and its row from the top.
    private const char Empty = '\u2800';
    private static readonly int[,] Dots = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    /// <summary>Draws a curve as lines of text, from the top.</summary>
    /// <param name="points">Where it runs, from point to point: 0 to 1 from left to right, 0 to 1 from below; what lies outside is drawn at the edge.</param>
    /// <param name="width">Cells across, at least 1.</param>
    /// <param name="height">Lines, at least 1.</param>
    /// <param name="unicode">Whether Braille patterns arrive as they are.</param>
    public static IReadOnlyList<string> Draw(IReadOnlyList<(double X, double Y)> points, int width, int height, bool unicode)
    {
        var (across, down) = unicode ? (2, 4) : (1, 1);
        var cells = new int[height, width];
        var dots = points.Select(point => (X: Math.Clamp(point.X, 0, 1) * ((width * across) - 1), Y: (1 - Math.Clamp(point.Y, 0, 1)) * ((height * down) - 1))).ToArray();
        for (var i = 0; i < dots.Length; i++)
        {
            // From the point before, or the first from itself: one dot on the way for each column or row.
            var (from, to) = (dots[Math.Max(i - 1, 0)], dots[i]);
            var steps = (int)Math.Ceiling(Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y))));
            for (var step = 0; step <= steps; step++)
                Dot((int)Math.Round(from.X + ((to.X - from.X) * step / steps)), (int)Math.Round(from.Y + ((to.Y - from.Y) * step / steps)));
        }

        return [.. Enumerable.Range(0, height).Select(Line)];

        void Dot(int column, int row) => cells[row / down, column / across] |= Dots[column % across, row % down];

        string Line(int row)
        {
            var line = new StringBuilder(width);
            for (var column = 0; column < width; column++)
                line.Append(cells[row, column] == 0 ? ' ' : unicode ? (char)(Empty + cells[row, column]) : '*');
            return line.ToString().TrimEnd();
        }
    }
}

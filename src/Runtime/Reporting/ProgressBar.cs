namespace ModelGen.Reporting;

/// <summary>The bar itself: cells that fill from the left.</summary>
internal static class ProgressBar
{
    // One to seven eighths of a cell, U+258F to U+2589; a whole one is U+2588.
    private const string Eighths = "▏▎▍▌▋▊▉";

    /// <summary>Draws <paramref name="done"/> of <paramref name="total"/>; a bar is full only when all is done.</summary>
    /// <param name="done">0 to <paramref name="total"/>.</param>
    /// <param name="total">At least 1.</param>
    /// <param name="width">Cells; the result has exactly as many characters.</param>
    /// <param name="unicode">Whether to draw to an eighth of a cell; otherwise whole cells, as <c>#</c>.</param>
    public static string Draw(long done, long total, int width, bool unicode)
    {
        var filled = done * width * 8 / total;
        var (whole, eighths) = ((int)(filled / 8), (int)(filled % 8));
        var bar = new string(unicode ? '█' : '#', whole);
        if (unicode && eighths > 0)
            bar += Eighths[eighths - 1];
        return bar.PadRight(width);
    }
}

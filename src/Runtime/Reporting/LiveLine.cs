namespace ModelGen.Reporting;

/// <summary>The terminal's last line, redrawn in place by a carriage return; where nothing is redrawn, only finished lines are written.</summary>
/// <param name="terminal">Where the line is drawn.</param>
/// <param name="live">Whether it may be redrawn.</param>
internal sealed class LiveLine(Terminal terminal, bool live)
{
    private int _drawn;

    /// <summary>Whether <see cref="Draw"/> shows anything.</summary>
    public bool IsLive => live;

    /// <summary>The terminal that it is drawn on.</summary>
    public Terminal Terminal => terminal;

    /// <summary>The longest line: the terminal's columns, or no limit in a file.</summary>
    public int Columns => live ? terminal.Columns : int.MaxValue;

    /// <summary>Shows <paramref name="line"/> in place of what was drawn before; blanks cover what a longer one left.</summary>
    public void Draw(string line)
    {
        if (!live)
            return;
        // Not past the edge, should the window have become narrower: blanks that wrap would start a new line.
        var blanks = Math.Max(line.Length, Math.Min(_drawn, terminal.Columns));
        terminal.Out.Write('\r' + line.PadRight(blanks));
        terminal.Out.Flush();
        _drawn = line.Length;
    }

    /// <summary>Writes <paramref name="line"/> in place of what was drawn before, to stay.</summary>
    public void Finish(string line)
    {
        if (_drawn > 0)
            Draw(line);
        else
            terminal.Out.Write(line);
        terminal.Out.Write('\n');
        _drawn = 0;
    }

    /// <summary>Leaves what was drawn as it is, so that what comes next starts on a line of its own.</summary>
    public void Leave()
    {
        if (_drawn > 0)
            terminal.Out.Write('\n');
        _drawn = 0;
    }
}

using System.Text;

namespace ModelGen.Reporting;

/// <summary>
/// A terminal for as long as it is there. What is written to one that was closed goes nowhere: a run whose connection broke can still write its checkpoint.
/// </summary>
/// <param name="terminal">The terminal.</param>
internal sealed class TerminalWriter(TextWriter terminal) : TextWriter
{
    public override Encoding Encoding => terminal.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        try
        {
            terminal.Write(value);
        }
        catch (IOException)
        {
            // Nobody is there to read it.
        }
    }

    public override void Flush()
    {
        try
        {
            terminal.Flush();
        }
        catch (IOException)
        {
            // As above.
        }
    }
}

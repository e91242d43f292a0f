using System.Text;
using ModelGen.Formats;

namespace ModelGen.Reporting;

/// <summary>
/// A terminal for as long as it is there. What is written to one that was closed goes nowhere: a run whose connection broke can still write its checkpoint.
/// But what stands in a terminal's place is there to keep what is written.
/// </summary>
/// <param name="terminal">The terminal, or what stands in its place.</param>
/// <param name="isKept">Whether nothing may be lost: then it is an error that the system does not take it.</param>
internal sealed class TerminalWriter(TextWriter terminal, bool isKept) : TextWriter
{
    public override Encoding Encoding => terminal.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value) => Try(() => terminal.Write(value));

    public override void Flush() => Try(terminal.Flush);

    private void Try(Action write)
    {
        try
        {
            write();
        }
        // Closed by whoever started the program, it is said to be denied.
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (isKept)
                throw new ModelGenException($"Cannot write to the standard output: {error.Sentence()} Send it to a place that can be written.", error);
        }
    }
}

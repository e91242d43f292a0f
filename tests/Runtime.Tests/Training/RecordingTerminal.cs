using System.Text;
using ModelGen.Reporting;

namespace ModelGen.Tests.Training;

/// <summary>A terminal that keeps what is written.</summary>
internal sealed class RecordingTerminal
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    public RecordingTerminal(bool interactive = false, bool unicode = true) =>
        Terminal = new Terminal(new StringWriter(_out), new StringWriter(_error), interactive, () => Width, unicode);

    public Terminal Terminal { get; }

    public int Width { get; set; } = 121;

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    /// <summary>What a person sees: each line as the last carriage return left it.</summary>
    public string[] Screen => [.. Out.Split('\n').Select(Shown)];

    private static string Shown(string line)
    {
        var cells = new List<char>();
        foreach (var drawn in line.Split('\r'))
        {
            for (var i = 0; i < drawn.Length; i++)
            {
                if (i < cells.Count)
                    cells[i] = drawn[i];
                else
                    cells.Add(drawn[i]);
            }
        }

        return new string([.. cells]).TrimEnd();
    }
}

using System.Text;

namespace ModelGen.Tests.Specs;

/// <summary>A spec in which each place of a mistake stands between ⟦ and ⟧.</summary>
/// <param name="Text">The spec without the marks.</param>
/// <param name="Places">The places in their order, each as <c>line,column,line,column</c> with numbers from 1.</param>
internal sealed record MarkedText(string Text, IReadOnlyList<string> Places)
{
    public static MarkedText Parse(string marked)
    {
        var text = new StringBuilder();
        var places = new List<string>();
        var start = "";
        foreach (var character in marked)
        {
            if (character == '⟦')
                start = Position(text.ToString());
            else if (character == '⟧')
                places.Add($"{start},{Position(text.ToString())}");
            else
                text.Append(character);
        }

        return new MarkedText(text.ToString(), places);
    }

    private static string Position(string before)
    {
        var lines = before.Split('\n');
        return $"{lines.Length},{lines[^1].Length + 1}";
    }
}

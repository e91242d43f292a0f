using System.Text;

namespace ModelGen.Tool.Writing;

/// <summary>A piece of JSON before it is laid out: on one line where it fits, else a list as filled lines and an object with a line for each key.</summary>
internal abstract record JsonPart
{
    /// <summary>Columns; what is longer is broken.</summary>
    private const int Width = 120;

    private const int Indentation = 2;

    /// <summary>A value or a name, as it is written.</summary>
    internal sealed record Atom(string Text) : JsonPart;

    /// <summary>A list.</summary>
    internal sealed record Array(IReadOnlyList<JsonPart> Items) : JsonPart;

    /// <summary>An object, its keys in this order.</summary>
    internal sealed record Record(IReadOnlyList<(string Key, JsonPart Value)> Fields) : JsonPart;

    /// <summary>The part as a file: the outermost object is always broken.</summary>
    public string Document()
    {
        var text = new StringBuilder();
        Break(text, 0);
        return text.Append('\n').ToString();
    }

    private string OneLine() => this switch
    {
        Atom atom => atom.Text,
        Array { Items.Count: 0 } => "[]",
        Array array => $"[{string.Join(", ", array.Items.Select(item => item.OneLine()))}]",
        Record { Fields.Count: 0 } => "{}",
        Record record => $"{{ {string.Join(", ", record.Fields.Select(field => $"\"{field.Key}\": {field.Value.OneLine()}"))} }}",
        _ => throw new InvalidOperationException(),
    };

    /// <param name="text">Receives it.</param>
    /// <param name="depth">Columns before the line that it begins in.</param>
    /// <param name="taken">Columns of that line that are taken, its indentation included; a comma follows.</param>
    private void Write(StringBuilder text, int depth, int taken)
    {
        var line = OneLine();
        if (this is Atom || taken + line.Length < Width)
            text.Append(line);
        else
            Break(text, depth);
    }

    private void Break(StringBuilder text, int depth)
    {
        var inner = depth + Indentation;
        if (this is Record record)
        {
            for (var i = 0; i < record.Fields.Count; i++)
            {
                var (key, value) = record.Fields[i];
                text.Append(i == 0 ? "{" : ",").Append('\n').Append(' ', inner).Append('"').Append(key).Append("\": ");
                value.Write(text, inner, inner + key.Length + 4);
            }

            text.Append('\n').Append(' ', depth).Append('}');
            return;
        }

        text.Append('[');
        var column = Width;
        var items = ((Array)this).Items;
        foreach (var (item, index) in items.Select((item, index) => (item, index)))
        {
            var length = item.OneLine().Length;
            var begins = column + length + 2 > Width;
            text.Append(index == 0 ? "" : begins ? "," : ", ");
            if (begins)
                text.Append('\n').Append(' ', inner);
            var start = begins ? inner : column + 2;
            item.Write(text, inner, start);
            // Behind an item of several lines nothing follows on its last.
            column = start + length < Width ? start + length : Width;
        }

        text.Append('\n').Append(' ', depth).Append(']');
    }
}

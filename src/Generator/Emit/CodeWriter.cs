using System;
using System.Text;

namespace ModelGen.Emit;

/// <summary>Writes lines with their indentation; always <c>\n</c>, never a space at a line's end.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new(8 * 1024);
    private int _depth;

    /// <summary>Writes <paramref name="lines"/>, one or many, each behind the current indentation.</summary>
    public CodeWriter Write(string lines)
    {
        foreach (var line in lines.Replace("\r\n", "\n").Split('\n'))
        {
            if (line.Length > 0)
                _text.Append(' ', 4 * _depth).Append(line);
            _text.Append('\n');
        }

        return this;
    }

    public CodeWriter Line() => Write("");

    /// <summary>Opens a brace; disposing what it returns closes it.</summary>
    public Block Braces()
    {
        Write("{");
        _depth++;
        return new Block(this);
    }

    public override string ToString() => _text.ToString();

    /// <summary>An open brace.</summary>
    public readonly struct Block(CodeWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Write("}");
        }
    }
}

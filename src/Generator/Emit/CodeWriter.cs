using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using ModelGen.Graph;

namespace ModelGen.Emit;

/// <summary>
/// Writes lines with their indentation; always <c>\n</c>, never a space at a line's end. A template is an interpolated string whose pieces
/// go straight into the text: built as a string, split into lines and copied, it cost more than all else that a generated file does.
/// </summary>
internal sealed class CodeWriter
{
    /// <summary>Characters; a network of 1,000 layers. A buffer for a larger file is not kept.</summary>
    private const int MaxKept = 512 * 1024;

    // A thread's buffer serves file after file: a new one each would be as large as what is written.
    [ThreadStatic]
    private static char[]? _kept;

    private char[] _text = _kept ?? new char[16 * 1024];
    private int _length;
    private int _depth;
    private int _lineStart;
    private bool _isDropped; // the line that is begun: no lines stood alone in it

    public CodeWriter() => _kept = null;

    /// <summary>Writes <paramref name="lines"/>, one or many, each behind the current indentation.</summary>
    public CodeWriter Write(string lines)
    {
        Append(lines);
        return Line();
    }

    /// <summary>The same for a template. A value in it may be many lines as well.</summary>
    public CodeWriter Write([InterpolatedStringHandlerArgument("")] Template template) => Line();

    /// <summary>Writes a part of a line.</summary>
    public CodeWriter Append([InterpolatedStringHandlerArgument("")] Template template) => this;

    /// <summary>Ends the line; also an empty one.</summary>
    public CodeWriter Line()
    {
        if (_isDropped)
        {
            _isDropped = false;
            return this;
        }

        Append('\n', 1);
        _lineStart = _length;
        return this;
    }

    /// <summary>Opens a brace; disposing what it returns closes it.</summary>
    public Block Braces()
    {
        Write("{");
        _depth++;
        return new Block(this);
    }

    /// <summary>What was written, in UTF-8. The writer can't be used after it.</summary>
    public byte[] Complete()
    {
        if (_text.Length <= MaxKept)
            _kept = _text;
        return Encoding.UTF8.GetBytes(_text, 0, _length);
    }

    private void Append(string text)
    {
        var start = 0;
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', start))
        {
            AppendInLine(text, start, end > start && text[end - 1] == '\r' ? end - 1 : end);
            Line();
            start = end + 1;
        }

        AppendInLine(text, start, text.Length);
    }

    private void AppendInLine(string text, int start, int end)
    {
        if (start == end)
            return;
        if (_length == _lineStart)
            Append(' ', 4 * _depth);
        Reserve(end - start);
        text.CopyTo(start, _text, _length, end - start);
        _length += end - start;
    }

    // Nearly every text stands in its literal as it is.
    private void Append(Literal literal)
    {
        if (!CSharpLiteral.IsPlain(literal.Text))
        {
            Append(CSharpLiteral.Of(literal.Text));
            return;
        }

        Append("\"");
        Append(literal.Text);
        Append("\"");
    }

    private void Append(char character, int count)
    {
        Reserve(count);
        for (; count > 0; count--)
            _text[_length++] = character;
    }

    private void Reserve(int count)
    {
        if (_length + count > _text.Length)
            Array.Resize(ref _text, Math.Max(_length + count, 2 * _text.Length));
    }

    private void Append(IReadOnlyList<string?> lines)
    {
        var (column, isFirst) = (_length - _lineStart, true);
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] is not { } line)
                continue;
            if (!isFirst)
                Line();
            if (!isFirst && line.Length > 0)
                Append(' ', column);
            Append(line);
            isFirst = false;
        }

        if (isFirst && IsBlank())
        {
            _length = _lineStart;
            _isDropped = true;
        }
    }

    private bool IsBlank()
    {
        for (var i = _lineStart; i < _length; i++)
        {
            if (_text[i] != ' ')
                return false;
        }

        return true;
    }

    /// <summary>An open brace.</summary>
    public readonly struct Block(CodeWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Write("}");
        }
    }

    /// <summary>So many spaces in a template, before or behind what stands in a column.</summary>
    public readonly record struct Spaces(int Count);

    /// <summary>A text in a template that is written as a literal of C#.</summary>
    public readonly record struct Literal(string Text);

    /// <summary>An interpolated string on its way into the text: the compiler makes one call for each of its pieces.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Template
    {
        private readonly CodeWriter _writer;

        public Template(int literalLength, int valueCount, CodeWriter writer) => _writer = writer;

        public void AppendLiteral(string text) => _writer.Append(text);

        public void AppendFormatted(string value) => _writer.Append(value);

        /// <summary>Lines below each other: all begin where the first does. One that is null is none; none, alone in a line, leave no line.</summary>
        public void AppendFormatted(IReadOnlyList<string?> lines) => _writer.Append(lines);

        public void AppendFormatted(Spaces spaces) => _writer.Append(' ', spaces.Count);

        public void AppendFormatted(Literal literal) => _writer.Append(literal);

        // No number: its text would depend on the culture. CSharpLiteral makes it.
        public void AppendFormatted(TensorShape shape) => _writer.Append(shape.ToString());
    }
}

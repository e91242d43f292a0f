using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using ModelGen.Graph;

namespace ModelGen.Emit;

/// <summary>
/// Writes lines with their indentation; always <c>\n</c>, never a space at a line's end. A template is an interpolated string whose pieces
/// go straight into the text: built as a string, split into lines and copied, it cost more than all else that a generated file does. Lines that
/// every file of the template has are not copied at all (<see cref="SharedLines"/>).
/// </summary>
internal sealed class CodeWriter
{
    /// <summary>
    /// For what the pieces of a template call. A network goes through each template once or twice: with all of this inlined into every piece the
    /// templates were 200 KB of machine code more, and to fetch that anew for each network took a tenth of the generator's time.
    /// </summary>
    private const MethodImplOptions NotInTemplates = MethodImplOptions.NoInlining;

    /// <summary>Characters; a network of 1,000 layers. A buffer for a larger file is not kept.</summary>
    private const int MaxKept = 512 * 1024;

    // A thread's buffer serves file after file: a new one each would be as large as what is written.
    [ThreadStatic]
    private static char[]? _kept;

    [ThreadStatic]
    private static List<Shared>? _keptShared;

    private readonly List<Shared> _shared = _keptShared ?? [];
    private char[] _text = _kept ?? new char[16 * 1024];
    private int _length;
    private int _depth;
    private int _column; // in the line that is begun
    private bool _isBlank = true; // so far, the line
    private bool _isDropped; // the line that is begun: no lines stood alone in it

    public CodeWriter()
    {
        _kept = null;
        _keptShared = null;
    }

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
    [MethodImpl(NotInTemplates)]
    public CodeWriter Line()
    {
        if (_isDropped)
        {
            _isDropped = false;
            return this;
        }

        // An empty line of several leaves the indentation that it was to stand behind.
        if (_isBlank)
            _length -= _column;
        Append('\n', 1);
        (_column, _isBlank) = (0, true);
        return this;
    }

    /// <summary>Opens a brace; disposing what it returns closes it.</summary>
    public Block Braces()
    {
        Write("{");
        _depth++;
        return new Block(this);
    }

    /// <summary>What was written. The writer can't be used after it.</summary>
    public CodeText Complete()
    {
        var own = Encoding.UTF8.GetBytes(_text, 0, _length);
        var text = own.Length == _length ? new CodeText(Pieces(own, out var length), length) : new CodeText(Characters());
        _shared.Clear();
        if (_text.Length <= MaxKept)
            (_kept, _keptShared) = (_text, _shared);
        return text;
    }

    private CodeText.Piece[] Pieces(byte[] own, out int length)
    {
        var (count, from) = (_shared.Count, 0);
        foreach (var shared in _shared)
            (count, from) = (shared.At > from ? count + 1 : count, shared.At);
        var pieces = new CodeText.Piece[own.Length > from ? count + 1 : count];
        var start = 0;
        (count, from) = (0, 0);
        foreach (var shared in _shared)
        {
            Add(own, from, shared.At);
            Add(shared.Lines, shared.Offset, shared.Lines.Length);
            from = shared.At;
        }

        Add(own, from, own.Length);
        length = start;
        return pieces;

        void Add(byte[] source, int offset, int end)
        {
            if (offset == end)
                return;
            pieces[count++] = new CodeText.Piece(source, offset, start);
            start += end - offset;
        }
    }

    private string Characters()
    {
        var (text, from) = (new StringBuilder(2 * _length), 0);
        foreach (var shared in _shared)
        {
            text.Append(_text, from, shared.At - from).Append(Encoding.ASCII.GetString(shared.Lines, shared.Offset, shared.Lines.Length - shared.Offset));
            from = shared.At;
        }

        return text.Append(_text, from, _length - from).ToString();
    }

    [MethodImpl(NotInTemplates)]
    private void Append(string text) => Append(text, 0, text.Length);

    private void Append(string text, int start, int end)
    {
        for (var lineEnd = text.IndexOf('\n', start, end - start); lineEnd >= 0; lineEnd = text.IndexOf('\n', start, end - start))
        {
            AppendInLine(text, start, lineEnd > start && text[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd);
            Line();
            start = lineEnd + 1;
        }

        AppendInLine(text, start, end);
    }

    [MethodImpl(NotInTemplates)]
    private void AppendLiteral(string text)
    {
        if (SharedLines.Of(text, _depth, _column) is not { } lines || (_isDropped && lines.Text[0] != '\n'))
        {
            Append(text);
            return;
        }

        _shared.Add(new Shared(_length, lines.Text, _isDropped ? 1 : 0));
        _isDropped = false;
        (_column, _isBlank) = (lines.Column, lines.Column == 0);
        Append(text, lines.Length, text.Length);
    }

    private void AppendInLine(string text, int start, int end)
    {
        if (start == end)
            return;
        if (_column == 0)
            Append(' ', 4 * _depth);
        Reserve(end - start);
        text.CopyTo(start, _text, _length, end - start);
        _length += end - start;
        _column += end - start;
        for (var i = start; _isBlank && i < end; i++)
            _isBlank = text[i] == ' ';
    }

    // Nearly every text stands in its literal as it is.
    [MethodImpl(NotInTemplates)]
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

    [MethodImpl(NotInTemplates)]
    private void Append(char character, int count)
    {
        Reserve(count);
        _column += count;
        for (; count > 0; count--)
            _text[_length++] = character;
    }

    private void Reserve(int count)
    {
        if (_length + count > _text.Length)
            Array.Resize(ref _text, Math.Max(_length + count, 2 * _text.Length));
    }

    [MethodImpl(NotInTemplates)]
    private void Append(IReadOnlyList<string?> lines)
    {
        var (column, isFirst) = (_column, true);
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

        if (isFirst && _isBlank)
        {
            _length -= _column;
            _column = 0;
            _isDropped = true;
        }
    }

    /// <summary>Lines that are not copied.</summary>
    /// <param name="At">Before which of the characters they stand.</param>
    /// <param name="Lines">They, in ASCII.</param>
    /// <param name="Offset">What of them is left out at the start.</param>
    private readonly record struct Shared(int At, byte[] Lines, int Offset);

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

        public void AppendLiteral(string text) => _writer.AppendLiteral(text);

        public void AppendFormatted(string value) => _writer.Append(value);

        /// <summary>Lines below each other: all begin where the first does. One that is null is none; none, alone in a line, leave no line.</summary>
        public void AppendFormatted(IReadOnlyList<string?> lines) => _writer.Append(lines);

        public void AppendFormatted(Spaces spaces) => _writer.Append(' ', spaces.Count);

        public void AppendFormatted(Literal literal) => _writer.Append(literal);

        // No number: its text would depend on the culture. CSharpLiteral makes it.
        public void AppendFormatted(TensorShape shape) => _writer.Append(shape.ToString());
    }
}

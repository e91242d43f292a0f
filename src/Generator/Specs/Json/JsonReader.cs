namespace ModelGen.Specs.Json;

/// <summary>
/// Reads JSON (RFC 8259) with <c>//</c> and <c>/* */</c> comments and trailing commas, and keeps where every value and name stands, which no
/// library at hand does. It goes on behind a mistake, as whoever made it most likely meant it, so that each mistake is found once and nothing
/// that can be read is lost.
/// </summary>
internal sealed class JsonReader
{
    /// <summary>Brackets inside each other; more are a mistake, and would cost stack.</summary>
    public const int MaxDepth = 32;

    private readonly JsonScanner _scanner;
    private readonly JsonNesting _nesting;
    private SourceSpan? _tooDeep;

    private JsonReader(string text)
    {
        _scanner = new JsonScanner(text);
        _nesting = new JsonNesting(_scanner);
    }

    /// <summary>Reads the whole text as one value. Never throws, in time and memory that grow with the text's length.</summary>
    public static JsonReading Read(string text)
    {
        var reader = new JsonReader(text);
        var root = reader.ReadValue();
        reader._scanner.SkipSpace();
        if (!reader._scanner.IsAtEnd && root.Kind != JsonKind.Missing && !(reader._scanner.Next is '}' or ']' && reader._nesting.IsUnbalanced))
            reader._scanner.Unexpected("the end of the file");
        return new JsonReading(root, reader._scanner.Mistakes, reader._tooDeep);
    }

    private JsonNode ReadValue()
    {
        _scanner.SkipSpace();
        if (_scanner.IsAtNoise)
        {
            _scanner.Unexpected("a value");
            _scanner.SkipNoise();
        }

        switch (_scanner.Next)
        {
            case '{' or '[' when _nesting.Depth == MaxDepth:
                _tooDeep = JsonScanner.SpanOf(_scanner.At, _scanner.At + 1);
                _scanner.Stop();
                return Missing();
            case '{': return ReadObject();
            case '[': return ReadList();
            case '"' or '\'': return JsonText.Read(_scanner, isName: false);
            case var character when JsonNumber.Begins(character): return JsonNumber.Read(_scanner);
            case var _ when _scanner.IsWordPart(_scanner.At): return JsonWord.Read(_scanner);
            default:
                _nesting.IsUnbalanced |= _scanner.Next is '}' or ']';
                _scanner.Unexpected("a value");
                return Missing();
        }
    }

    private JsonNode ReadObject()
    {
        var start = _scanner.At;
        var bracket = _nesting.Open();
        while (_nesting.HasItem(bracket) && ReadProperty(bracket))
            bracket.IsCommaDue = true;
        _nesting.Close();
        if (_nesting.IsCut)
            bracket.AddMissingProperty(Missing());
        return new JsonNode(JsonKind.Object, JsonScanner.SpanOf(start, _scanner.At)) { Properties = bracket.Properties };
    }

    private JsonNode ReadList()
    {
        var start = _scanner.At;
        var bracket = _nesting.Open();
        while (_nesting.HasItem(bracket))
        {
            ReadItem(bracket);
            bracket.IsCommaDue = true;
        }

        _nesting.Close();
        if (_nesting.IsCut)
            bracket.Items.Add(Missing());
        return new JsonNode(JsonKind.List, JsonScanner.SpanOf(start, _scanner.At)) { Items = bracket.Items, HasGap = bracket.HasGap };
    }

    private void ReadItem(JsonBracket bracket)
    {
        var item = ReadValue();
        if (!IsName(item))
        {
            bracket.ForgetProperties();
            bracket.Items.Add(item);
            return;
        }

        // A property in a list: the list's end is missing, or the braces around the property.
        if (item.Kind == JsonKind.Text)
            _nesting.Unexpected(bracket, bracket.Separator);
        _nesting.Doubt(bracket);
        _scanner.Take(':');
        bracket.Properties.Add(new JsonProperty(item, ReadValue()));
        bracket.Items.Add(Missing());
    }

    /// <summary>Reads a property; false where an item of the list around stands instead, because the object's end is missing.</summary>
    private bool ReadProperty(JsonBracket bracket)
    {
        var start = _scanner.At;
        var canEnd = _nesting.Outer is { Opening: '[' } && bracket.Properties.Count > 0;
        if (_scanner.Next is '{' or '[')
        {
            _nesting.Unexpected(bracket, bracket.Item);
            if (canEnd)
                return false;
            _nesting.Doubt(bracket);
            bracket.ForgetLastValue(Missing());
            ReadValue();
            bracket.AddMissingProperty(Missing());
            return true;
        }

        var name = ReadName(bracket);
        _scanner.SkipSpace();
        var hasColon = _scanner.Take(':');
        if (!hasColon)
        {
            _nesting.Unexpected(bracket, "':' behind the property's name");
            if (_scanner.IsAtNoise || _scanner.IsBeforeColon(_scanner.TokenEnd(_scanner.At)))
                _scanner.SkipNoise();
            if (!_scanner.Take(':') && canEnd && _scanner.CharacterAt(start) == '"' && _nesting.IsBehindItem())
            {
                _scanner.At = start;
                return false;
            }
        }

        var index = bracket.Properties.Count;
        var value = ReadPropertyValue(bracket, hasColon);
        bracket.Properties.Insert(index, new JsonProperty(name, name.Kind == JsonKind.Missing ? Missing() : value));
        return true;
    }

    private JsonNode ReadName(JsonBracket bracket)
    {
        if (_scanner.IsAtNoise)
        {
            _nesting.Unexpected(bracket, bracket.Item);
            _scanner.SkipNoise();
            _nesting.Doubt(bracket);
        }

        if (_scanner.Next is '"' or '\'')
            return JsonText.Read(_scanner, isName: true);
        if (!_scanner.IsWordPart(_scanner.At))
            return Missing();
        _nesting.Unexpected(bracket, bracket.Item);
        var name = JsonWord.ReadName(_scanner);
        // What is no name needs no colon.
        if (!IsName(name))
            _scanner.ExplainNext();
        return name;
    }

    private JsonNode ReadPropertyValue(JsonBracket bracket, bool hasColon)
    {
        if (!hasColon && _scanner.Next is ',' or '}' or ']')
        {
            _nesting.Doubt(bracket);
            bracket.ForgetLastValue(Missing());
            return Missing();
        }

        _scanner.SkipSpace();
        if (_scanner.Next == ',' && _nesting.IsBeforeValue())
        {
            _scanner.Unexpected("a value");
            _scanner.At++;
        }

        var value = ReadValue();
        if (!IsName(value))
            return value;
        // { "kernel_size": "padding": 1 }: the text is the next property's name, and this one lacks its value or an opening brace.
        bracket.Gap ??= bracket.Properties.Count + 1;
        _nesting.IsUnbalanced = true;
        if (value.Kind == JsonKind.Text && hasColon)
            _nesting.Unexpected(bracket, bracket.Separator);
        _scanner.At = value.Span.Start;
        return Missing();
    }

    private bool IsName(JsonNode node) => node.Text.Length > 0 && _scanner.IsBeforeColon(_scanner.At);

    private JsonNode Missing() => new(JsonKind.Missing, JsonScanner.SpanOf(_scanner.At, _scanner.At));
}

namespace ModelGen.Reporting;

/// <summary>
/// Where the steps of a part stand in a drawing. A step stands one row below the lowest that it takes from, in the column of its first source or
/// the next free one to the right. Where other steps stand in the way of an edge, it takes a lane to the right of all columns.
/// </summary>
internal sealed class DiagramLayout
{
    private readonly Dictionary<string, (int Row, int Column)> _places = new(StringComparer.Ordinal);
    private readonly HashSet<(int Row, int Column)> _taken = [];
    private readonly Dictionary<string, int> _lanes = new(StringComparer.Ordinal);

    public DiagramLayout(DiagramPart part)
    {
        foreach (var node in part.Nodes)
        {
            var row = node.Sources.Length == 0 ? 0 : node.Sources.Max(source => _places[source].Row) + 1;
            var column = node.Sources.Length == 0 ? 0 : _places[node.Sources[0]].Column;
            while (!_taken.Add((row, column)))
                column++;
            _places[node.Name] = (row, column);
            (Rows, Columns) = (Math.Max(Rows, row + 1), Math.Max(Columns, column + 1));
        }

        // Edges from one step share a lane; short ones take the inner lanes, so that nested ones do not cross.
        var around = part.Nodes
            .SelectMany(node => node.Sources
                .Where(source => !IsClear(source, node.Name))
                .Select(source => (Source: source, To: _places[node.Name].Row)))
            .GroupBy(edge => edge.Source, StringComparer.Ordinal)
            .Select(edges => (Source: edges.Key, From: _places[edges.Key].Row, To: edges.Max(edge => edge.To)));
        var lanes = new List<List<(int From, int To)>>();
        foreach (var (source, from, to) in around.OrderBy(edge => edge.To - edge.From))
        {
            var lane = lanes.FindIndex(spans => spans.TrueForAll(span => to <= span.From || span.To <= from));
            if (lane < 0)
            {
                lane = lanes.Count;
                lanes.Add([]);
            }

            lanes[lane].Add((from, to));
            _lanes[source] = lane;
        }

        Lanes = lanes.Count;
    }

    public int Rows { get; }

    public int Columns { get; }

    public int Lanes { get; }

    public (int Row, int Column) PlaceOf(string name) => _places[name];

    public int LaneOf(string source) => _lanes[source];

    /// <summary>Whether nothing stands between the two in the column of the first.</summary>
    public bool IsClear(string source, string target)
    {
        var ((from, column), to) = (_places[source], _places[target].Row);
        return Enumerable.Range(from + 1, to - from - 1).All(row => !_taken.Contains((row, column)));
    }
}

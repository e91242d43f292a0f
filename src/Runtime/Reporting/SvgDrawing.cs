using System.Globalization;
using System.Text;

namespace ModelGen.Reporting;

/// <summary>
/// Draws a diagram as SVG: each part a column of its own, its steps from top to bottom. A step stands one row below the lowest that it takes from;
/// steps of one row stand beside each other, and an edge that jumps over rows bows out to the right.
/// </summary>
internal sealed class SvgDrawing
{
    // Pixels.
    private const int BoxWidth = 210;
    private const int BoxHeight = 44;
    private const int ColumnGap = 24;
    private const int RowGap = 26;
    private const int Margin = 32;
    private const int TitleHeight = 40;

    private readonly StringBuilder _shapes = new();
    private int _width;
    private int _height;

    public static string Of(Diagram diagram)
    {
        var drawing = new SvgDrawing();
        foreach (var part in diagram.Parts)
            drawing.Draw(part);
        return drawing.Complete();
    }

    private string Complete() => string.Create(CultureInfo.InvariantCulture, $$"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{{_width + Margin}}" height="{{_height + Margin}}" viewBox="0 0 {{_width + Margin}} {{_height + Margin}}" font-family="system-ui, sans-serif" font-size="12">
        <style>
        .back{fill:#fff}.part{fill:#f6f8fa;stroke:#d0d7de}.title{font-size:16px;font-weight:600;fill:#1f2328}
        .box{fill:#fff;stroke:#afb8c1}.input{fill:#ddf4ff;stroke:#54aeff}.block{fill:#fff8c5;stroke:#d4a72c}.merge{fill:#dafbe1;stroke:#4ac26b}
        .name{font-weight:600;fill:#1f2328}.kind{fill:#57606a}.shape{font-family:ui-monospace,monospace;font-size:11px;fill:#57606a}.edge{fill:none;stroke:#8c959f;stroke-width:1.5}
        </style>
        <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#8c959f"/></marker></defs>
        <rect class="back" width="100%" height="100%"/>
        {{_shapes}}</svg>

        """).Replace("\r\n", "\n", StringComparison.Ordinal);

    private void Draw(DiagramPart part)
    {
        var places = Place(part);
        var columns = places.Values.Max(place => place.Column) + 1;
        var rows = places.Values.Max(place => place.Row) + 1;
        // Edges over many rows need room for their bows.
        var bow = part.Nodes.Any(node => node.Sources.Any(source => places[node.Name].Row - places[source].Row > 1)) ? 56 : 0;
        var (left, top) = (_width + Margin, Margin);
        var (width, height) = ((columns * (BoxWidth + ColumnGap)) + ColumnGap + bow, TitleHeight + (rows * (BoxHeight + RowGap)) + RowGap);
        Add($"<rect class=\"part\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"10\"/>");
        Add($"<text class=\"title\" x=\"{left + ColumnGap}\" y=\"{top + 28}\">{Escape(part.Title)}</text>");
        foreach (var node in part.Nodes)
        {
            foreach (var source in node.Sources)
                Connect(At(places[source], left, top), At(places[node.Name], left, top), places[node.Name].Row - places[source].Row);
        }

        foreach (var node in part.Nodes)
            Box(node, At(places[node.Name], left, top));
        (_width, _height) = (left + width, Math.Max(_height, top + height));
    }

    private static Dictionary<string, (int Row, int Column)> Place(DiagramPart part)
    {
        var (places, used) = (new Dictionary<string, (int Row, int Column)>(StringComparer.Ordinal), new Dictionary<int, int>());
        foreach (var node in part.Nodes)
        {
            var row = node.Sources.Length == 0 ? 0 : node.Sources.Max(source => places[source].Row) + 1;
            var column = used.GetValueOrDefault(row);
            used[row] = column + 1;
            places[node.Name] = (row, column);
        }

        return places;
    }

    private static (int X, int Y) At((int Row, int Column) place, int left, int top) =>
        (left + ColumnGap + (place.Column * (BoxWidth + ColumnGap)), top + TitleHeight + RowGap + (place.Row * (BoxHeight + RowGap)));

    private void Connect((int X, int Y) from, (int X, int Y) to, int rows)
    {
        if (rows == 1)
        {
            var (x1, y1, x2, y2) = (from.X + (BoxWidth / 2), from.Y + BoxHeight, to.X + (BoxWidth / 2), to.Y);
            Add($"<path class=\"edge\" marker-end=\"url(#arrow)\" d=\"M{x1} {y1}C{x1} {y1 + 14} {x2} {y2 - 14} {x2} {y2}\"/>");
            return;
        }

        var (startX, startY, endX, endY) = (from.X + BoxWidth, from.Y + (BoxHeight / 2), to.X + BoxWidth, to.Y + (BoxHeight / 2));
        var bow = Math.Max(startX, endX) + 20 + Math.Min(36, 6 * rows);
        Add($"<path class=\"edge\" marker-end=\"url(#arrow)\" d=\"M{startX} {startY}C{bow} {startY} {bow} {startY} {bow} {startY + 24}V{endY - 24}C{bow} {endY} {bow} {endY} {endX} {endY}\"/>");
    }

    private void Box(DiagramNode node, (int X, int Y) at)
    {
        var style = node switch
        {
            { Kind.Length: 0 } => "input",
            { Sources.Length: > 1 } => "merge",
            _ when node.Kind.Any(char.IsUpper) || node.Kind == "sequence" => "block",
            _ => "box",
        };
        Add($"<rect class=\"{style}\" x=\"{at.X}\" y=\"{at.Y}\" width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"6\"/>");
        Add($"<text x=\"{at.X + 10}\" y=\"{at.Y + 18}\"><tspan class=\"name\">{Escape(node.Name)}</tspan> <tspan class=\"kind\">{Escape(node.Kind)}</tspan></text>");
        Add($"<text class=\"shape\" x=\"{at.X + 10}\" y=\"{at.Y + 35}\">{Escape(node.Shape)}</text>");
    }

    private void Add(FormattableString shape) => _shapes.Append(shape.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text)!;
}

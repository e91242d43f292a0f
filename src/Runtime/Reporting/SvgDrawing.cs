using System.Globalization;
using System.Text;

namespace ModelGen.Reporting;

/// <summary>
/// Draws a diagram as SVG, light or dark as its viewer is: the network on the left and its blocks beside it. Edges run between the boxes, in the gaps
/// of rows and columns and in the lanes to their right; none crosses a text.
/// </summary>
internal sealed class SvgDrawing
{
    // Pixels.
    private const int BoxHeight = 44;
    private const int ColumnGap = 24;
    private const int RowGap = 30;
    private const int LaneGap = 14;
    private const int Margin = 24;
    private const int TitleHeight = 28;
    private const int PortGap = 24;
    private const int Corner = 6;

    private readonly StringBuilder _shapes = new();

    public static string Of(Diagram diagram)
    {
        var drawing = new SvgDrawing();
        var parts = diagram.Parts.Select(part => new Part(part)).ToArray();
        // Parts share a column as long as it is no higher than the highest part, or than a square that holds them all.
        var limit = Math.Max(parts.Max(part => part.Height), (int)Math.Sqrt(parts.Sum(part => (double)part.Width * part.Height)));
        var (left, top, width, height) = (Margin, Margin, 0, 0);
        foreach (var part in parts)
        {
            if (top > Margin && top + part.Height > limit + Margin)
                (left, top, width) = (left + width + Margin, Margin, 0);
            drawing.Draw(part, left, top);
            (top, width, height) = (top + part.Height + Margin, Math.Max(width, part.Width), Math.Max(height, top + part.Height));
        }

        return drawing.Complete(left + width + Margin, height + Margin);
    }

    private string Complete(int width, int height) => string.Create(CultureInfo.InvariantCulture, $$"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{{width}}" height="{{height}}" viewBox="0 0 {{width}} {{height}}"
            font-family="system-ui, sans-serif" font-size="12">
        <style>
        .back{fill:#fff}.part{fill:#f6f8fa;stroke:#d0d7de}.title{font-size:16px;font-weight:600;fill:#1f2328}
        .box{fill:#fff;stroke:#afb8c1}.input{fill:#ddf4ff;stroke:#54aeff}.block{fill:#fff8c5;stroke:#d4a72c}.merge{fill:#dafbe1;stroke:#4ac26b}
        .name{font-weight:600;fill:#1f2328}.kind{fill:#57606a}.shape{font-family:ui-monospace,monospace;font-size:11px;fill:#57606a}
        .edge{fill:none;stroke:#8c959f;stroke-width:1.5}.arrow{fill:#8c959f}
        @media (prefers-color-scheme: dark){
        .back{fill:#0d1117}.part{fill:#161b22;stroke:#30363d}.title{fill:#e6edf3}
        .box{fill:#0d1117;stroke:#484f58}.input{fill:#0c2d6b;stroke:#388bfd}.block{fill:#3b2300;stroke:#9e6a03}.merge{fill:#033a16;stroke:#2ea043}
        .name{fill:#e6edf3}.kind,.shape{fill:#adbac7}.edge{stroke:#768390}.arrow{fill:#768390}
        }
        </style>
        <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path class="arrow" d="M0 0 8 4 0 8z"/></marker></defs>
        <rect class="back" width="100%" height="100%"/>
        {{_shapes}}</svg>

        """).Replace("\r\n", "\n", StringComparison.Ordinal);

    private void Draw(Part part, int left, int top)
    {
        Add($"<rect class=\"part\" x=\"{left}\" y=\"{top}\" width=\"{part.Width}\" height=\"{part.Height}\" rx=\"10\"/>");
        Add($"<text class=\"title\" x=\"{left + ColumnGap}\" y=\"{top + TitleHeight}\">{Escape(part.Title)}</text>");
        foreach (var node in part.Nodes)
        {
            var ports = 0;
            foreach (var source in node.Sources)
                Connect(part, source, node.Name, ref ports, left, top);
        }

        foreach (var node in part.Nodes)
            Box(node, part.At(node.Name, left, top), part.BoxWidth);
    }

    private void Connect(Part part, string source, string target, ref int ports, int left, int top)
    {
        var (start, end, middle) = (part.At(source, left, top), part.At(target, left, top), part.BoxWidth / 2);
        var (x1, y1, x2, y2) = (start.X + middle, start.Y + BoxHeight, end.X + middle, end.Y);
        if (x1 == x2 && part.Layout.IsClear(source, target))
        {
            Edge(Path((x1, y1), (x2, y2)));
        }
        else if (part.Layout.IsClear(source, target))
        {
            // Down the column, and then along the gap above the target; what comes from far arrives beside what comes from the row above.
            x2 += y2 - y1 == RowGap ? 0 : Math.Sign(x1 - x2) * PortGap * ++ports;
            Edge(Path((x1, y1), (x1, y2 - (RowGap / 2)), (x2, y2 - (RowGap / 2)), (x2, y2)));
        }
        else
        {
            // Along the gap below the source, down a lane, and back along the gap above the target.
            var lane = part.Layout.LaneOf(source);
            var (x, spread) = (left + part.LaneX + (lane * LaneGap), lane % 3 * 3);
            (x1, x2) = (x1 + PortGap, x2 + (PortGap * ++ports));
            Edge(Path((x1, y1), (x1, y1 + 8 + spread), (x, y1 + 8 + spread), (x, y2 - 10 - spread), (x2, y2 - 10 - spread), (x2, y2)));
        }
    }

    /// <summary>Straight lines with rounded corners.</summary>
    private static string Path(params ReadOnlySpan<(int X, int Y)> points)
    {
        var path = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M{points[0].X} {points[0].Y}"));
        for (var i = 1; i < points.Length - 1; i++)
        {
            var (before, corner, after) = (Towards(points[i], points[i - 1]), points[i], Towards(points[i], points[i + 1]));
            path.Append(CultureInfo.InvariantCulture, $"L{before.X} {before.Y}Q{corner.X} {corner.Y} {after.X} {after.Y}");
        }

        return path.Append(CultureInfo.InvariantCulture, $"L{points[^1].X} {points[^1].Y}").ToString();
    }

    private static (int X, int Y) Towards((int X, int Y) from, (int X, int Y) to) =>
        (from.X + Math.Clamp(to.X - from.X, -Corner, Corner), from.Y + Math.Clamp(to.Y - from.Y, -Corner, Corner));

    private void Edge(string path) => Add($"<path class=\"edge\" marker-end=\"url(#arrow)\" d=\"{path}\"/>");

    private void Box(DiagramNode node, (int X, int Y) at, int width)
    {
        var style = node switch
        {
            { Kind.Length: 0 } => "input",
            { Sources.Length: > 1 } => "merge",
            _ when node.Kind.Any(char.IsUpper) || node.Kind.StartsWith("sequence", StringComparison.Ordinal) => "block",
            _ => "box",
        };
        Add($"<rect class=\"{style}\" x=\"{at.X}\" y=\"{at.Y}\" width=\"{width}\" height=\"{BoxHeight}\" rx=\"6\"/>");
        var (name, kind) = (Escape(node.Name), Escape(node.Kind));
        Add($"<text x=\"{at.X + 10}\" y=\"{at.Y + 18}\"><tspan class=\"name\">{name}</tspan> <tspan class=\"kind\">{kind}</tspan></text>");
        Add($"<text class=\"shape\" x=\"{at.X + 10}\" y=\"{at.Y + 35}\">{Escape(node.Shape)}</text>");
    }

    private void Add(FormattableString shape) => _shapes.Append(shape.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text)!;

    /// <summary>A part with its measures.</summary>
    private sealed class Part(DiagramPart part)
    {
        public string Title => part.Title;

        public IReadOnlyList<DiagramNode> Nodes => part.Nodes;

        public DiagramLayout Layout { get; } = new(part);

        /// <summary>Whoever shows the drawing chooses the fonts: wide enough for the widest in use, DejaVu and Verdana.</summary>
        public int BoxWidth { get; } = 20 + (int)Math.Ceiling(part.Nodes.Max(node =>
            Math.Max((8.4 * node.Name.Length) + 4 + (7.4 * node.Kind.Length), 6.7 * node.Shape.Length)));

        /// <summary>Where the lanes begin.</summary>
        public int LaneX => ColumnGap + (Layout.Columns * (BoxWidth + ColumnGap));

        public int Width => Math.Max(LaneX + (Layout.Lanes * LaneGap), (2 * ColumnGap) + (int)Math.Ceiling(11.5 * Title.Length));

        public int Height => TitleHeight + ColumnGap + (Layout.Rows * (BoxHeight + RowGap)) - RowGap + ColumnGap;

        public (int X, int Y) At(string name, int left, int top)
        {
            var (row, column) = Layout.PlaceOf(name);
            return (left + ColumnGap + (column * (BoxWidth + ColumnGap)), top + TitleHeight + ColumnGap + (row * (BoxHeight + RowGap)));
        }
    }
}

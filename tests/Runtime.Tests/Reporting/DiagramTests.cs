using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ModelGen.Reporting;

namespace ModelGen.Tests.Reporting;

/// <summary>A network's graph as Mermaid and as SVG.</summary>
public sealed partial class DiagramTests
{
    private static readonly Diagram Residual = new(
    [
        new("Net",
        [
            new("input", "", "[N, 4]"),
            new("end", "linear", "[N, 4]", "input"),
            new("relu1", "relu", "[N, 4]", "end"),
            new("add<1>", "add", "[N, 4]", "relu1", "input"),
        ]),
        new("Cell", [new("x", "", "[N, \"C\"]"), new("tanh1", "tanh", "[N, C]", "x")]),
    ]);

    [Fact]
    public void As_mermaid() => Assert.Equal(
        """
        flowchart TD
            subgraph part0["Net"]
                p0n0(["input<br/>[N, 4]"])
                p0n1["<b>end</b> linear<br/>[N, 4]"]
                p0n0 --> p0n1
                p0n2["<b>relu1</b> relu<br/>[N, 4]"]
                p0n1 --> p0n2
                p0n3["<b>add#lt;1#gt;</b> add<br/>[N, 4]"]
                p0n2 --> p0n3
                p0n0 --> p0n3
            end
            subgraph part1["Cell"]
                p1n0(["x<br/>[N, #quot;C#quot;]"])
                p1n1["<b>tanh1</b> tanh<br/>[N, C]"]
                p1n0 --> p1n1
            end

        """.ReplaceLineEndings("\n"),
        Residual.ToMermaid());

    [Fact]
    public void As_svg()
    {
        var svg = XDocument.Parse(Residual.ToSvg(), LoadOptions.PreserveWhitespace);
        XNamespace names = "http://www.w3.org/2000/svg";
        var texts = svg.Descendants(names + "text").Select(text => text.Value).ToArray();
        var boxes = svg.Descendants(names + "rect").Where(box => (string?)box.Attribute("class") is "box" or "input" or "merge" or "block").ToArray();
        var (width, height) = ((int)svg.Root!.Attribute("width")!, (int)svg.Root.Attribute("height")!);

        Assert.Equal(["Net", "input ", "[N, 4]", "end linear", "[N, 4]", "relu1 relu", "[N, 4]", "add<1> add", "[N, 4]", "Cell", "x ", "[N, \"C\"]", "tanh1 tanh", "[N, C]"], texts);
        Assert.Equal(6, boxes.Length);
        Assert.Equal(5, svg.Descendants(names + "path").Count(path => (string?)path.Attribute("class") == "edge"));
        Assert.All(boxes, box => Assert.True((int)box.Attribute("x")! + (int)box.Attribute("width")! <= width && (int)box.Attribute("y")! + (int)box.Attribute("height")! <= height));
        // No box lies on another.
        Assert.Equal(boxes.Length, boxes.Select(box => ((int)box.Attribute("x")!, (int)box.Attribute("y")!)).Distinct().Count());
    }

    [Fact]
    public void In_svg_no_edge_crosses_a_box_and_no_box_another()
    {
        var drawing = new Diagram(
        [
            new("Net",
            [
                new("image", "", "[N, 4]"),
                new("mask", "", "[N, 4]"),
                new("a", "Cell", "[N, 4]", "image"),
                new("b", "Cell", "[N, 4]", "a"),
                new("left", "relu", "[N, 4]", "b"),
                new("right1", "tanh", "[N, 4]", "b"),
                new("right2", "a_kind_with_a_long_name", "[N, 4]", "right1"),
                new("far", "relu", "[N, 4]", "mask"),
                new("concat1", "concat", "[N, 12]", "left", "right2", "b", "a", "far"),
                new("end", "add", "[N, 12]", "concat1", "image", "mask"),
            ]),
            Residual.Parts[0],
            Residual.Parts[1],
        ]);
        var svg = XDocument.Parse(drawing.ToSvg(), LoadOptions.PreserveWhitespace);
        XNamespace names = "http://www.w3.org/2000/svg";
        var boxes = svg.Descendants(names + "rect").Where(box => (string?)box.Attribute("class") is "box" or "input" or "merge" or "block")
            .Select(box => (X: (int)box.Attribute("x")!, Y: (int)box.Attribute("y")!, Width: (int)box.Attribute("width")!, Height: (int)box.Attribute("height")!)).ToArray();
        // The curves at corners stay inside of the lines between their points.
        var lines = svg.Descendants(names + "path").Where(path => (string?)path.Attribute("class") == "edge").SelectMany(path =>
        {
            var numbers = Number().Matches((string)path.Attribute("d")!).Select(number => int.Parse(number.Value, CultureInfo.InvariantCulture)).ToArray();
            var points = numbers.Chunk(2).Select(pair => (X: pair[0], Y: pair[1])).ToArray();
            return points.Zip(points.Skip(1), (from, to) => (X: Math.Min(from.X, to.X), Y: Math.Min(from.Y, to.Y), Width: Math.Abs(from.X - to.X), Height: Math.Abs(from.Y - to.Y)));
        }).ToArray();

        Assert.Equal(16, boxes.Length);
        Assert.True(lines.Length > 17);
        Assert.All(lines, line => Assert.DoesNotContain(boxes, box => IsOver(line, box)));
        Assert.All(boxes, one => Assert.DoesNotContain(boxes, other => one != other && IsOver(one, other)));
        // Seven pixels a letter, as wide as letters of 12 pixels are on the whole.
        Assert.All(svg.Descendants(names + "text").Where(text => text.HasElements), text =>
            Assert.Contains(boxes, box => box.X + 10 == (int)text.Attribute("x")! && box.Y + 18 == (int)text.Attribute("y")! && box.Width >= 20 + (7 * text.Value.Length)));

        static bool IsOver((int X, int Y, int Width, int Height) one, (int X, int Y, int Width, int Height) other) =>
            one.X < other.X + other.Width && other.X < one.X + one.Width + (one.Width == 0 ? 1 : 0) && one.Y < other.Y + other.Height && other.Y < one.Y + one.Height + (one.Height == 0 ? 1 : 0);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}

using System.Xml.Linq;
using ModelGen.Reporting;

namespace ModelGen.Tests.Reporting;

/// <summary>A network's graph as Mermaid and as SVG.</summary>
public sealed class DiagramTests
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
}

namespace ModelGen.Reporting;

/// <summary>A step of a network's graph, as a diagram shows it.</summary>
/// <param name="Name">Its name in the spec.</param>
/// <param name="Kind">What it is: a layer's keyword, a block's name; empty for an input.</param>
/// <param name="Shape">The shape that it gives, such as <c>[N, 16, 28, 28]</c>.</param>
/// <param name="Sources">The names of the steps whose outputs it takes.</param>
public sealed record DiagramNode(string Name, string Kind, string Shape, params string[] Sources);

/// <summary>A network, or one of its blocks: steps in the order in which data flows.</summary>
/// <param name="Title">The class's name.</param>
/// <param name="Nodes">The steps, each behind those that it takes from.</param>
public sealed record DiagramPart(string Title, IReadOnlyList<DiagramNode> Nodes);

/// <summary>A network as graphs that can be drawn: itself first, then each kind of block once.</summary>
/// <param name="parts">The network and its blocks.</param>
public sealed class Diagram(IReadOnlyList<DiagramPart> parts)
{
    /// <summary>The network and its blocks.</summary>
    public IReadOnlyList<DiagramPart> Parts { get; } = parts;

    /// <summary>The diagram in the language of Mermaid (mermaid.js.org, flowchart), which GitHub and many editors draw.</summary>
    public string ToMermaid() => MermaidText.Of(this);

    /// <summary>The diagram as a standalone SVG 1.1 document, which every browser shows.</summary>
    public string ToSvg() => SvgDrawing.Of(this);
}

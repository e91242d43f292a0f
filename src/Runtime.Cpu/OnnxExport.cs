using ModelGen.Formats.Onnx;

namespace ModelGen.Cpu;

/// <summary>Writes networks for other programs, as ONNX.</summary>
public static class OnnxExport
{
    /// <summary>Writes a network with its weights; called by the generated <c>ExportOnnx</c>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="graph">What it computes.</param>
    /// <param name="path">The file, usually <c>.onnx</c>; replaced if it exists.</param>
    /// <param name="options">How it is written; null takes the defaults.</param>
    /// <remarks>A network of more than 2 GiB, which one file of ONNX can't hold, has its weights in a second one, <c>PATH.data</c>; the two belong together.</remarks>
    /// <exception cref="ModelGenException">The file can't be written, or an option is none of ONNX.</exception>
    public static void Write(Network network, OnnxGraph graph, string path, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        OnnxFile.Write(path, graph, NetworkState.Live(network), options ?? new OnnxOptions());
    }
}

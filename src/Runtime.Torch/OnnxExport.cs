using ModelGen.Formats.Onnx;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>Writes networks for other programs, as ONNX.</summary>
public static class OnnxExport
{
    /// <summary>Writes a network with its weights, from whatever device they are on; called by the generated <c>ExportOnnx</c>.</summary>
    /// <param name="module">The network.</param>
    /// <param name="graph">What it computes.</param>
    /// <param name="path">The file, usually <c>.onnx</c>; replaced if it exists.</param>
    /// <param name="options">How it is written; null takes the defaults.</param>
    /// <remarks>A network of more than 2 GiB, which one file of ONNX can't hold, has its weights in a second one, <c>PATH.data</c>; the two belong together.</remarks>
    /// <exception cref="ModelGenException">The file can't be written, a weight is not float32, an option is none of ONNX, or the network was folded for predicting.</exception>
    public static void Write(nn.Module module, OnnxGraph graph, string path, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        OnnxFile.Write(path, graph, ModuleState.Live(module), options ?? new OnnxOptions());
    }
}

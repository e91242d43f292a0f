using System.Globalization;

namespace ModelGen.Formats.Onnx;

/// <summary>
/// The file of a network's tensors beside that of its graph, which can't hold more than 2 GiB with them: <c>net.onnx.data</c> beside <c>net.onnx</c>, one tensor
/// behind the other (https://github.com/onnx/onnx/blob/main/docs/ExternalData.md).
/// </summary>
internal sealed class OnnxData
{
    /// <summary>What follows the model's name in this file's.</summary>
    public const string Ending = ".data";

    // Programs want shapes and other small values with the graph; onnx's own writer leaves what has less than this there, too.
    private const int LeastBytes = 1024;

    // A multiple of a page, so that each tensor can be mapped by itself.
    private const int Alignment = 4096;

    private readonly string _location;
    private readonly List<(string Name, StoredTensor Tensor, long Offset)> _tensors = [];

    /// <param name="path">The model's file.</param>
    /// <param name="tensors">Its tensors.</param>
    public OnnxData(string path, IEnumerable<KeyValuePair<string, StoredTensor>> tensors)
    {
        _location = Path.GetFileName(path) + Ending;
        var end = 0L;
        foreach (var (name, tensor) in tensors.Where(tensor => tensor.Value.Data.Length >= LeastBytes))
        {
            var offset = (end + Alignment - 1) / Alignment * Alignment;
            _tensors.Add((name, tensor, offset));
            end = offset + tensor.Data.Length;
        }

        Offsets = _tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Offset, StringComparer.Ordinal);
    }

    /// <summary>Where each tensor begins that is in this file.</summary>
    public IReadOnlyDictionary<string, long> Offsets { get; }

    /// <summary>Writes the file.</summary>
    public void WriteTo(Stream stream)
    {
        foreach (var (_, tensor, offset) in _tensors)
        {
            stream.Write(new byte[offset - stream.Position]);
            stream.Write(tensor.Data.Span);
        }
    }

    /// <summary>Says in a TensorProto where its elements are.</summary>
    public ProtoMessage Refer(ProtoMessage tensor, string name, long length) => tensor
        .AddAll([("location", _location), ("offset", Number(Offsets[name])), ("length", Number(length))], (message, entry) =>
            message.Add(13, new ProtoMessage().Add(1, entry.Item1).Add(2, entry.Item2)))
        .Add(14, 1);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

using System.Runtime.InteropServices;
using ModelGen.Formats;
using ModelGen.Formats.Onnx;

namespace ModelGen.Tool.Import;

/// <summary>The values of a graph that no input changes: its tensors, and whole numbers that are worked out of them and of shapes.</summary>
internal sealed class OnnxConstants
{
    private readonly Dictionary<string, StoredTensor> _tensors;
    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);

    // Null is the batch's size.
    private readonly Dictionary<string, long?[]> _numbers = new(StringComparer.Ordinal);

    // Of numbers that stand in rows, how long a row is.
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    public OnnxConstants(OnnxModel model) => _tensors = new(model.Tensors, StringComparer.Ordinal);

    /// <summary>Whether it is known.</summary>
    public bool IsKnown(string name) => _tensors.ContainsKey(name) || _numbers.ContainsKey(name);

    /// <summary>A tensor by its name; null where there is none.</summary>
    public StoredTensor? Tensor(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>A tensor that a node takes, as float32.</summary>
    /// <exception cref="NotSupportedException">It takes none there.</exception>
    public StoredTensor Weight(OnnxNode node, int input)
    {
        if (input >= node.Inputs.Count || !_tensors.TryGetValue(node.Inputs[input], out var tensor))
            throw new NotSupportedException($"input {input + 1} is not a constant");
        return tensor.Type == ElementType.Float32 ? tensor : throw new NotSupportedException($"input {input + 1} is {tensor.Type.TorchName()}, not float32");
    }

    /// <summary>Whether a node takes a tensor there.</summary>
    public bool HasWeight(OnnxNode node, int input) => input < node.Inputs.Count && _tensors.ContainsKey(node.Inputs[input]);

    /// <summary>The float32 values of a tensor that a node takes.</summary>
    /// <exception cref="NotSupportedException">It takes none there.</exception>
    public float[] Values(OnnxNode node, int input) => MemoryMarshal.Cast<byte, float>(Weight(node, input).Data.Span).ToArray();

    /// <summary>The name that the file gives a tensor which a node takes.</summary>
    public string NameOf(OnnxNode node, int input) => _origins.GetValueOrDefault(node.Inputs[input], node.Inputs[input]);

    /// <summary>Whole numbers that a node takes; null for the batch's size.</summary>
    /// <exception cref="NotSupportedException">It takes none there.</exception>
    public long?[] Numbers(OnnxNode node, int input) =>
        Find(node, input) ?? throw new NotSupportedException($"input {input + 1} is not a constant of whole numbers");

    /// <summary>The same; null where there are none.</summary>
    public long?[]? Find(OnnxNode node, int input) => input < node.Inputs.Count ? Find(node.Inputs[input]) : null;

    /// <summary>A number that can't be the batch's size.</summary>
    /// <exception cref="NotSupportedException">It is.</exception>
    public static long Known(long? number) => number ?? throw new NotSupportedException("it computes with the batch's size");

    /// <summary>Works out a node that takes nothing of the network but shapes; false for any other.</summary>
    /// <param name="node">The node.</param>
    /// <param name="valueOf">Gives the network's values by their names.</param>
    /// <exception cref="NotSupportedException">It can't be worked out.</exception>
    public bool TryAdd(OnnxNode node, Func<string, ImportedValue?> valueOf)
    {
        var output = node.Outputs[0];
        if (node.Operator == "Constant")
        {
            if (node.Attributes is [{ Value: StoredTensor tensor }])
                _tensors[output] = tensor;
            else
                _numbers[output] = node.Attributes is [{ Value: long[] numbers }] ? [.. numbers.Select(number => (long?)number)]
                    : node.Attributes is [{ Value: long number }] ? [number]
                    : throw new NotSupportedException("it is no tensor");
            return true;
        }

        if (node.Operator == "Shape" && valueOf(node.Inputs[0]) is { } value)
        {
            long?[] sizes = [null, .. value.Shape.Sizes.Select(size => (long?)size)];
            var (start, end) = (node.Setting("start", 0), node.Setting("end", sizes.Length));
            _numbers[output] = sizes[Range(start, end, sizes.Length)];
            return true;
        }

        if (node.Operator is "ConstantOfShape" && Find(node, 0) is [{ } count and >= 0 and <= 64]
            && node.Attributes is [{ Value: StoredTensor { Type: ElementType.Int64 } filling }])
        {
            _numbers[output] = [.. Enumerable.Repeat<long?>(MemoryMarshal.Cast<byte, long>(filling.Data.Span)[0], (int)count)];
            return true;
        }

        if (node.Operator is "Transpose" && _tensors.TryGetValue(node.Inputs[0], out var matrix)
            && matrix is { Type: ElementType.Float32, Shape: [var rows, var columns] })
        {
            _tensors[output] = Transposed(matrix, checked((int)rows), checked((int)columns));
            _origins[output] = NameOf(node, 0);
            return true;
        }

        if (node.Operator is "Identity" && _tensors.TryGetValue(node.Inputs[0], out var same))
        {
            _tensors[output] = same;
            _origins[output] = NameOf(node, 0);
            return true;
        }

        if (node.Inputs.Count == 0 || node.Inputs.Any(input => input.Length > 0 && Find(input) is null) || Worked(node) is not { } worked)
            return false;
        _numbers[output] = worked;
        return true;
    }

    /// <summary>A matrix with its rows as columns.</summary>
    public static StoredTensor Transposed(StoredTensor matrix, int rows, int columns)
    {
        var from = MemoryMarshal.Cast<byte, float>(matrix.Data.Span);
        var to = new float[from.Length];
        for (var i = 0; i < to.Length; i++)
            to[i] = from[(i % rows * columns) + (i / rows)];
        return new StoredTensor(ElementType.Float32, [columns, rows], MemoryMarshal.AsBytes<float>(to).ToArray());
    }

    private long?[]? Worked(OnnxNode node)
    {
        var first = Numbers(node, 0);
        if (_columns.TryGetValue(node.Inputs[0], out var length))
            return OfRows(node, [.. first.Chunk(length)]);
        if (node.Inputs.Any(_columns.ContainsKey))
            return null;
        if (node.Operator == "Reshape" && Numbers(node, 1) is [-1, { } columns and > 0] && first.Length % columns == 0)
            _columns[node.Outputs[0]] = (int)columns;
        else if (node.Operator == "Reshape" && Numbers(node, 1) is not [-1])
            return null;
        return node.Operator switch
        {
            "Cast" or "Unsqueeze" or "Squeeze" or "Identity" or "Reshape" => first,
            "Concat" => [.. node.Inputs.SelectMany((_, i) => Numbers(node, i))],
            "Gather" => [.. Numbers(node, 1).Select(Known).Select(index => first[(int)(index < 0 ? index + first.Length : index)])],
            "Slice" when node.Inputs.Count is >= 3 and <= 4 => first[Range(Known(Numbers(node, 1)[0]), Known(Numbers(node, 2)[0]), first.Length)],
            _ => null,
        };
    }

    // PyTorch's exporter writes the sides of a Pad so: in rows of two, in the other order, as columns, in one row again.
    private long?[]? OfRows(OnnxNode node, long?[][] rows)
    {
        var turned = node.Operator switch
        {
            "Reshape" when Numbers(node, 1) is [-1] => rows,
            "Slice" when node.Inputs.Count == 5 && (Numbers(node, 1), Numbers(node, 2), Numbers(node, 3), Numbers(node, 4)) is ([-1], [{ } end], [0], [-1])
                && end < -rows.Length => [.. rows.Reverse()],
            "Transpose" when node.Sizes("perm") is null or [1, 0] => rows[0].Select((_, column) => rows.Select(row => row[column]).ToArray()).ToArray(),
            _ => null,
        };
        if (node.Operator != "Reshape" && turned is not null)
            _columns[node.Outputs[0]] = turned[0].Length;
        return turned?.SelectMany(row => row).ToArray();
    }

    private long?[]? Find(string name) => _numbers.GetValueOrDefault(name) ?? (_tensors.GetValueOrDefault(name) switch
    {
        { Type: ElementType.Int64, Shape.Count: < 2 } tensor => [.. MemoryMarshal.Cast<byte, long>(tensor.Data.Span).ToArray().Select(number => (long?)number)],
        { Type: ElementType.Int32, Shape.Count: < 2 } tensor => [.. MemoryMarshal.Cast<byte, int>(tensor.Data.Span).ToArray().Select(number => (long?)number)],
        _ => null,
    });

    private static Range Range(long start, long end, int length)
    {
        var (from, to) = (Place(start), Place(end));
        return from..Math.Max(from, to);

        int Place(long index) => (int)Math.Clamp(index < 0 ? index + length : index, 0, length);
    }
}

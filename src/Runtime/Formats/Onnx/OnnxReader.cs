using System.Globalization;
using System.Runtime.InteropServices;

namespace ModelGen.Formats.Onnx;

/// <summary>Reads the messages of ONNX (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), whose numbers of fields these are.</summary>
internal sealed class OnnxReader
{
    /// <summary>More texts and messages than any network has; each becomes an object, and a damaged file says any number of them in two bytes each.</summary>
    private const int MostItems = 500_000;

    private const string OpenGraph = "has a graph inside of a node (a loop or a condition), which no layer stands for: export the network without it.";

    private readonly OnnxDataFiles _data;
    private int _items;

    private OnnxReader(OnnxDataFiles data) => _data = data;

    /// <summary>Reads a ModelProto.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="data">The files beside it.</param>
    /// <exception cref="InvalidDataException">It can't be read: the message continues a sentence that starts with the file's name.</exception>
    public static OnnxModel Read(Stream stream, OnnxDataFiles data) => new OnnxReader(data).Model(stream);

    private OnnxModel Model(Stream stream)
    {
        if (stream.Length > int.MaxValue)
            throw new InvalidDataException("is larger than 2 GiB, which no ONNX file is: export it with its weights in a second file.");
        var (graph, opset) = (ReadOnlyMemory<byte>.Empty, 0L);
        foreach (var field in Fields(stream.ReadAt(0, stream.Length)))
        {
            if (field.Number == 7)
                graph = field.Bytes;
            else if (field.Number == 8)
                opset = Math.Max(opset, Opset(field.Bytes));
        }

        return graph.IsEmpty ? throw new InvalidDataException("has no ONNX graph in it: give a file that was exported as .onnx.") : Graph(graph, opset);
    }

    // That of ONNX's own operators; others have a domain.
    private long Opset(ReadOnlyMemory<byte> message)
    {
        var (domain, version) = ("", 0L);
        foreach (var field in Fields(message))
            (domain, version) = field.Number == 1 ? (field.Text, version) : (domain, field.Integer);
        return domain is "" or "ai.onnx" ? version : 0;
    }

    private OnnxModel Graph(ReadOnlyMemory<byte> message, long opset)
    {
        var nodes = new List<OnnxNode>();
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        var inputs = new List<OnnxInput>();
        var outputs = new List<string>();
        foreach (var field in Fields(message))
        {
            switch (field.Number)
            {
                case 1:
                    nodes.Add(Node(field.Bytes));
                    break;
                case 5:
                    var (name, tensor) = Tensor(field.Bytes);
                    if (!tensors.TryAdd(name, tensor))
                        throw new InvalidDataException($"has the value '{name}' twice: export it again.");
                    break;
                case 11:
                    inputs.Add(Value(field.Bytes));
                    break;
                case 12:
                    outputs.Add(Value(field.Bytes).Name);
                    break;
                case 15:
                    throw new InvalidDataException("has sparse weights, which ModelGen does not read: export it with dense ones.");
            }
        }

        // Files of before 2019 list the weights among the inputs.
        return new OnnxModel(opset, nodes, tensors, [.. inputs.Where(input => !tensors.ContainsKey(input.Name))], outputs);
    }

    private OnnxNode Node(ReadOnlyMemory<byte> message)
    {
        var (name, op, domain) = ("", "", "");
        var (inputs, outputs, settings) = (new List<string>(), new List<string>(), new List<OnnxSetting>());
        foreach (var field in Fields(message))
        {
            switch (field.Number)
            {
                case 1:
                    inputs.Add(field.Text);
                    break;
                case 2:
                    outputs.Add(field.Text);
                    break;
                case 3:
                    name = field.Text;
                    break;
                case 4:
                    op = field.Text;
                    break;
                case 5:
                    settings.Add(Setting(field.Bytes));
                    break;
                case 7:
                    domain = field.Text;
                    break;
            }
        }

        return new OnnxNode(name, domain is "" or "ai.onnx" ? op : $"{domain}.{op}", inputs, settings) { Outputs = outputs };
    }

    private OnnxSetting Setting(ReadOnlyMemory<byte> message)
    {
        var name = "";
        object? value = null;
        var (numbers, reals, words) = (new List<long>(), new List<double>(), new List<string>());
        foreach (var field in Fields(message))
        {
            switch (field.Number)
            {
                case 1:
                    name = field.Text;
                    break;
                case 2:
                    value = Shortest(field.Single);
                    break;
                case 3:
                    value = field.Integer;
                    break;
                case 4:
                    value = field.Text;
                    break;
                case 5:
                    value = Tensor(field.Bytes).Tensor;
                    break;
                case 6 or 11:
                    throw new InvalidDataException(OpenGraph);
                case 7:
                    reals.AddRange(Singles(field).Select(Shortest));
                    break;
                case 8:
                    numbers.AddRange(field.Integers);
                    break;
                case 9:
                    words.Add(field.Text);
                    break;
            }
        }

        return new OnnxSetting(name, value ?? (reals.Count > 0 ? reals.ToArray() : words.Count > 0 ? words.ToArray() : (object)numbers.ToArray()));
    }

    private (string Name, StoredTensor Tensor) Tensor(ReadOnlyMemory<byte> message)
    {
        var (name, type, isElsewhere) = ("", 0L, false);
        var shape = new List<long>();
        var place = new Dictionary<string, string>(StringComparer.Ordinal);
        ReadOnlyMemory<byte>? raw = null;
        var (reals, numbers) = (new List<float>(), new List<long>());
        foreach (var field in Fields(message))
        {
            switch (field.Number)
            {
                case 1:
                    shape.AddRange(field.Integers);
                    break;
                case 2:
                    type = field.Integer;
                    break;
                case 4:
                    reals.AddRange(Singles(field));
                    break;
                case 5 or 7:
                    numbers.AddRange(field.Integers);
                    break;
                case 8:
                    name = field.Text;
                    break;
                case 9:
                    raw = field.Bytes;
                    break;
                case 13:
                    var (key, value) = Entry(field.Bytes);
                    place[key] = value;
                    break;
                case 14:
                    isElsewhere = field.Integer != 0;
                    break;
            }
        }

        var element = type switch
        {
            1 => ElementType.Float32,
            2 => ElementType.UInt8,
            3 => ElementType.Int8,
            6 => ElementType.Int32,
            7 => ElementType.Int64,
            9 => ElementType.Bool,
            10 => ElementType.Float16,
            11 => ElementType.Float64,
            16 => ElementType.BFloat16,
            _ => throw new InvalidDataException($"has a value '{name}' of the element type {type}, which ModelGen does not read: export it as float32."),
        };
        // A negative size can't be multiplied out.
        var size = shape.Any(long.IsNegative) ? -1 : element.ByteSize(shape);
        var data = isElsewhere && size >= 0 ? _data.Read(name, place, size) : raw ?? (element switch
        {
            ElementType.Float32 => MemoryMarshal.AsBytes<float>(reals.ToArray()).ToArray(),
            ElementType.Int64 => MemoryMarshal.AsBytes<long>(numbers.ToArray()).ToArray(),
            ElementType.Int32 => MemoryMarshal.AsBytes<int>(numbers.Select(number => unchecked((int)number)).ToArray()).ToArray(),
            _ => ReadOnlyMemory<byte>.Empty,
        });
        if (size != data.Length)
            throw new InvalidDataException(
                $"has a value '{name}' of {StateFit.Shape(shape.Take(8))} with {data.Length} bytes, which don't fit each other: export it again.");
        return (name, new StoredTensor(element, shape, data));
    }

    // A StringStringEntryProto.
    private (string Key, string Value) Entry(ReadOnlyMemory<byte> message)
    {
        var (key, value) = ("", "");
        foreach (var field in Fields(message))
            (key, value) = field.Number == 1 ? (field.Text, value) : (key, field.Text);
        return (key, value);
    }

    private OnnxInput Value(ReadOnlyMemory<byte> message)
    {
        var (name, type) = ("", 0L);
        var sizes = new List<long?>();
        foreach (var field in Fields(message))
        {
            if (field.Number == 1)
                name = field.Text;
            // TypeProto.tensor_type, and in it the element type and the shape of dimensions.
            foreach (var part in field.Number == 2 ? Fields(field.Bytes).Where(part => part.Number == 1).SelectMany(part => Fields(part.Bytes)) : [])
            {
                if (part.Number == 1)
                    type = part.Integer;
                else if (part.Number == 2)
                    sizes.AddRange(Fields(part.Bytes)
                        .Where(size => size.Number == 1)
                        .Select(size => Fields(size.Bytes)
                            .Where(value => value is { Number: 1, IsNumber: true })
                            .Select(value => (long?)value.Integer)
                            .FirstOrDefault()));
            }
        }

        return new OnnxInput(name, type is 6 or 7, sizes);
    }

    private IEnumerable<ProtoField> Fields(ReadOnlyMemory<byte> message)
    {
        foreach (var field in ProtoReader.Fields(message))
        {
            if (!field.IsNumber && ++_items > MostItems)
                throw new InvalidDataException($"has more than {MostItems} names and messages, which no network has: export it again.");
            yield return field;
        }
    }

    private static float[] Singles(ProtoField field)
    {
        if (field.IsNumber)
            return [field.Single];
        return field.Bytes.Length % sizeof(float) == 0 ? MemoryMarshal.Cast<byte, float>(field.Bytes.Span).ToArray()
            : throw new InvalidDataException("has a list of numbers that ends within one: export it again.");
    }

    // The number that was meant: 1e-05, and not what float32 makes of it.
    private static double Shortest(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

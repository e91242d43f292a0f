using System.Reflection;

namespace ModelGen.Formats.Onnx;

/// <summary>Puts a graph and its tensors into the messages of ONNX (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), whose numbers of fields these are.</summary>
internal static class OnnxWriter
{
    /// <summary>The form of the messages. It is that of ONNX 1.10, and newer programs read it too.</summary>
    private const int IrVersion = 8;

    private const string Batch = "N";
    private const int Single = 1; // TensorProto.DataType.FLOAT
    private const int Int64 = 7; // TensorProto.DataType.INT64

    /// <summary>A ModelProto.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="tensors">Its constants and its weights, by the names of their values.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="data">The file that holds the large tensors; null where all are in the message.</param>
    public static ProtoMessage Model(OnnxGraph graph, IReadOnlyList<KeyValuePair<string, StoredTensor>> tensors, OnnxOptions options, OnnxData? data = null)
    {
        var version = typeof(OnnxWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        var classes = options.Classes ?? graph.Classes;
        return new ProtoMessage()
            .Add(1, IrVersion)
            .Add(2, "ModelGen")
            .Add(3, version)
            .Add(7, Graph(graph, tensors, data))
            .Add(8, new ProtoMessage().Add(1, "").Add(2, options.Opset))
            .AddAll(
                [
                    ("fingerprint", graph.Fingerprint),
                    .. classes is null ? Enumerable.Empty<(string, string)>() : [("classes", string.Join('\n', classes))]
                ],
                (model, item) => model.Add(14, new ProtoMessage().Add(1, item.Item1).Add(2, item.Item2)));
    }

    private static ProtoMessage Graph(OnnxGraph graph, IReadOnlyList<KeyValuePair<string, StoredTensor>> tensors, OnnxData? data) => new ProtoMessage()
        .AddAll(graph.Nodes, (message, node) => message.Add(1, Node(node)))
        .Add(2, graph.Name)
        .AddAll(tensors, (message, item) => message.Add(5, Tensor(item.Key, item.Value, data)))
        .AddAll(graph.Inputs, (message, value) => message.Add(11, Value(value)))
        .AddAll(graph.Outputs, (message, value) => message.Add(12, Value(value)));

    private static ProtoMessage Node(OnnxNode node) => new ProtoMessage()
        .AddAll(node.Inputs, (message, input) => message.Add(1, input))
        .AddAll(node.Outputs, (message, output) => message.Add(2, output))
        .Add(3, node.Name)
        .Add(4, node.Operator)
        .AddAll(node.Attributes, (message, attribute) => message.Add(5, Attribute(attribute)));

    // The number of field 20 says which of the others holds the value.
    private static ProtoMessage Attribute(OnnxSetting attribute)
    {
        var message = new ProtoMessage().Add(1, attribute.Name);
        return attribute.Value switch
        {
            double number => message.Add(2, (float)number).Add(20, 1),
            long number => message.Add(3, number).Add(20, 2),
            string word => message.Add(4, word).Add(20, 3),
            long[] numbers => message.AddAll(numbers, (list, number) => list.Add(8, number)).Add(20, 7),
            string[] words => message.AddAll(words, (list, word) => list.Add(9, word)).Add(20, 8),
            var other => throw new ArgumentException($"An attribute can't hold {other}.", nameof(attribute)),
        };
    }

    private static ProtoMessage Tensor(string name, StoredTensor tensor, OnnxData? data)
    {
        var message = new ProtoMessage()
            .AddAll(tensor.Shape, (shape, size) => shape.Add(1, size))
            .Add(2, tensor.Type == ElementType.Int64 ? Int64 : Single)
            .Add(8, name);
        return data?.Offsets.ContainsKey(name) == true ? data.Refer(message, name, tensor.Data.Length) : message.Add(9, tensor.Data);
    }

    private static ProtoMessage Value(OnnxValue value)
    {
        var shape = new ProtoMessage()
            .Add(1, new ProtoMessage().Add(2, Batch))
            .AddAll(value.Sizes, (message, size) => message.Add(1, new ProtoMessage().Add(1, size)));
        var tensor = new ProtoMessage().Add(1, value.IsIndices ? Int64 : Single).Add(2, shape);
        return new ProtoMessage().Add(1, value.Name).Add(2, new ProtoMessage().Add(1, tensor));
    }
}

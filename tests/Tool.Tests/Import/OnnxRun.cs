using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ModelGen.Torch;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace ModelGen.Tests.Import;

/// <summary>What ONNX Runtime makes of a file, and a generated network of the weights that were imported from it.</summary>
internal static class OnnxRun
{
    /// <summary>An input of a file's network, which follows from the seed.</summary>
    public static Tensor Input(string path, long batch, int seed)
    {
        using var session = new InferenceSession(path);
        random.manual_seed(seed);
        var value = session.InputMetadata.Values.Single();
        long[] shape = [batch, .. value.Dimensions.Skip(1).Select(size => (long)size)];
        return value.ElementDataType == TensorElementType.Int64 ? randint(5, shape) : rand(shape);
    }

    /// <summary>What the file's network gives for it.</summary>
    public static float[] Output(string path, Tensor input)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(path, options);
        int[] shape = [.. input.shape.Select(size => (int)size)];
        using var results = session.Run([input.dtype == ScalarType.Int64
            ? NamedOnnxValue.CreateFromTensor(session.InputNames[0], new DenseTensor<long>(input.data<long>().ToArray(), shape))
            : NamedOnnxValue.CreateFromTensor(session.InputNames[0], new DenseTensor<float>(input.data<float>().ToArray(), shape))]);
        return [.. results[0].AsTensor<float>()];
    }

    /// <summary>The network of an imported spec, with the imported weights.</summary>
    public static nn.Module<Tensor, Tensor> Network(string specPath, string text)
    {
        var name = Path.GetFileName(specPath)[..^".model.json".Length];
        var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(Compiled.From((Path.GetFileName(specPath), text)).Load().GetType("Demo." + name)!)!;
        Assert.Empty(Weights.Load(model, Path.ChangeExtension(Path.ChangeExtension(specPath, null), ".safetensors")));
        model.eval();
        return model;
    }

    /// <summary>Fails where two outputs differ by more than a part of the largest.</summary>
    public static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Max(Math.Abs);
        Assert.InRange(largest, 1e-6, 1e6); // Otherwise nothing came through, and agreeing means nothing.
        Assert.InRange(expected.Zip(actual, (one, other) => Math.Abs(one - other)).Max() / largest, 0, tolerance);
    }
}

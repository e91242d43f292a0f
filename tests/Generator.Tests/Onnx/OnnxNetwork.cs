using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ModelGen.Formats.Onnx;
using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace ModelGen.Tests.Onnx;

/// <summary>A generated network, and the same as ONNX Runtime reads it from the file that the network wrote.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private readonly InferenceSession _session;

    /// <param name="type">The generated class.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="options">How it is written.</param>
    public OnnxNetwork(Type type, string path, OnnxOptions? options = null)
    {
        LibTorch.Configure(1, 1);
        Torch = (nn.Module)Activator.CreateInstance(type)!;
        Disturb();
        type.GetMethod("ExportOnnx")!.Invoke(Torch, [path, options]);
        // Only now: what is compared must not have the errors of both.
        Torch.to(float64);
        Torch.eval();
        using var session = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(path, session);
    }

    /// <summary>TorchSharp's, in float64.</summary>
    public nn.Module Torch { get; }

    /// <summary>What ONNX Runtime read of the file.</summary>
    public InferenceSession Session => _session;

    /// <summary>Inputs of a batch that follow from the seed.</summary>
    public Tensor[] Inputs(long batch, int seed)
    {
        random.manual_seed(seed);
        return [.. _session.InputNames.Select(name =>
        {
            var value = _session.InputMetadata[name];
            long[] shape = [batch, .. value.Dimensions.Skip(1).Select(size => (long)size)];
            return value.ElementDataType == TensorElementType.Int64 ? randint(5, shape) : randn(shape);
        })];
    }

    /// <summary>Fails unless both give the same, up to a part of the largest value.</summary>
    public void AssertAgrees(long batch, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var inputs = Inputs(batch, seed: 2);
        var expected = Expected(inputs);
        // A power of a negative number is none, and a maximum of none is PyTorch's and ONNX Runtime's own.
        if (expected.Any(tensor => tensor.isnan().any().item<bool>()))
            expected = Expected(inputs = [.. inputs.Select(input => input.abs())]);
        AssertGives(inputs, expected, tolerance);
    }

    /// <summary>The same of a batch and of its first sample alone, of which TorchSharp computes the batch only: what large networks cost is mostly float64.</summary>
    public void AssertAgreesAlsoAlone(long batch, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var inputs = Inputs(batch, seed: 2);
        var expected = Expected(inputs);
        AssertGives(inputs, expected, tolerance);
        AssertGives([.. inputs.Select(First)], [.. expected.Select(First)], tolerance);

        static Tensor First(Tensor tensor) => tensor.narrow(0, 0, 1);
    }

    private void AssertGives(Tensor[] inputs, IReadOnlyList<Tensor> expected, double tolerance)
    {
        using var results = _session.Run(_session.InputNames.Zip(inputs, Named).ToArray());
        Assert.Equal(expected.Count, results.Count);
        foreach (var (tensor, result) in expected.Zip(results))
        {
            Assert.Equal(tensor.shape, Shape(result));
            AssertClose(CSharp.Twins.Values(tensor), Values(result), tolerance);
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        Torch.Dispose();
    }

    private static void AssertClose(double[] expected, float[] actual, double tolerance)
    {
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * largest, $"Value {i} is {actual[i]} instead of {expected[i]}; the largest is {largest}.");
    }

    private IReadOnlyList<Tensor> Expected(Tensor[] inputs)
    {
        var output = Torch.GetType().GetMethod("forward")!.Invoke(Torch, [.. inputs.Select(input => input.is_floating_point() ? input.to(float64) : input)])!;
        return output is Tensor single ? [single] : [.. output.GetType().GetProperties().Select(property => (Tensor)property.GetValue(output)!)];
    }

    private static NamedOnnxValue Named(string name, Tensor tensor)
    {
        int[] shape = [.. tensor.shape.Select(size => (int)size)];
        return tensor.dtype == ScalarType.Int64
            ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(tensor.data<long>().ToArray(), shape))
            : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(tensor.data<float>().ToArray(), shape));
    }

    private static IEnumerable<long> Shape(DisposableNamedOnnxValue value) => value.ElementType == TensorElementType.Int64
        ? value.AsTensor<long>().Dimensions.ToArray().Select(size => (long)size)
        : value.AsTensor<float>().Dimensions.ToArray().Select(size => (long)size);

    private static float[] Values(DisposableNamedOnnxValue value) => value.ElementType == TensorElementType.Int64
        ? [.. value.AsTensor<long>().Select(number => (float)number)]
        : [.. value.AsTensor<float>()];

    // Norms start as ones, zeros, no mean and a variance of 1, which would hide what they do.
    private void Disturb()
    {
        using var noGradients = no_grad();
        foreach (var (name, tensor) in ModuleState.Tensors(Torch).Where(item => item.Tensor.is_floating_point()))
        {
            if (name.EndsWith("running_var", StringComparison.Ordinal))
                tensor.uniform_(0.5, 2);
            else
                tensor.add_(randn_like(tensor) * (tensor.dim() > 1 ? 0.01 : 0.2));
        }
    }
}

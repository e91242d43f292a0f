using Microsoft.ML.OnnxRuntime;

namespace InferenceBenchmarks;

/// <summary>ONNX Runtime with all its optimisations, input and output bound ahead of time.</summary>
internal sealed class OnnxProgram : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly float[] _outputs;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    public OnnxProgram(Network network, string path, float[] inputs, int batch, int threads)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
        };
        _session = new InferenceSession(path, options);
        _inputNames = [.. _session.InputNames];
        _outputNames = [.. _session.OutputNames];
        _outputs = new float[batch * network.Outputs];
        _input = OrtValue.CreateTensorValueFromMemory(inputs, [batch, .. network.Input.Select(size => (long)size)]);
        _output = OrtValue.CreateTensorValueFromMemory(_outputs, [batch, network.Outputs]);
    }

    public float[] Run()
    {
        _session.Run(_options, _inputNames, [_input], _outputNames, [_output]);
        return _outputs;
    }

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        _options.Dispose();
        _session.Dispose();
    }
}

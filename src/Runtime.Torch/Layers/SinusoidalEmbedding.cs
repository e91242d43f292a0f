using ModelGen.Formats.Onnx;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Adds to each position of a sequence what tells it from the others (Vaswani et al. 2017): sines and cosines of position / 10000^(2i / E), in
/// turn along the features. Nothing of it is trained, and nothing is in the state_dict.
/// </summary>
public sealed class SinusoidalEmbedding : nn.Module<Tensor, Tensor>
{
    // For the length, type and device of the latest input. Not a buffer: TorchSharp moves no buffer that is not in the state_dict.
    private Tensor? _table;

    // Several threads may ask one network, and none may free the table that another is adding.
    private readonly Lock _gate = new();

    /// <summary>Makes one for sequences of any length.</summary>
    public SinusoidalEmbedding()
        : base(nameof(SinusoidalEmbedding))
    {
    }

    /// <inheritdoc/>
    /// <param name="input">[N, L, E].</param>
    /// <returns>[N, L, E].</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (length, features) = (input.shape[1], input.shape[2]);
        lock (_gate)
        {
            if (_table is null || _table.shape[0] != length || _table.shape[1] != features || _table.dtype != input.dtype || _table.device != input.device)
            {
                _table?.Dispose();
                // It outlives the scope of the caller.
                _table = tensor(Values(length, features), length, features, input.dtype, input.device).DetachFromDisposeScope();
            }

            return input.add(_table);
        }
    }

    // The table is nobody's buffer.
    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _table?.Dispose();
        base.Dispose(disposing);
    }

    private static float[] Values(long length, long features)
    {
        var values = new float[checked(length * features)];
        for (var i = 0; i < values.Length; i++)
            values[i] = OnnxConstant.Sinusoid(i / features, i % features, features);

        return values;
    }
}

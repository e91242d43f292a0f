using TorchSharp;

namespace ModelGen.Torch;

/// <summary>A number as libtorch takes it, made anew only when it changes: each is native memory, and one per call would be left to the finalizer.</summary>
internal sealed class ChangingScalar : IDisposable
{
    private Scalar? _scalar;
    private double _value;

    /// <summary>The number; what was returned before is gone when it is another one.</summary>
    public Scalar Of(double value)
    {
        if (_scalar is null || _value != value)
        {
            _scalar?.Dispose();
            _scalar = value.ToScalar();
            _value = value;
        }

        return _scalar;
    }

    public void Dispose() => _scalar?.Dispose();
}

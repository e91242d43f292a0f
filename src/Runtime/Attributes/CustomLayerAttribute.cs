namespace ModelGen;

/// <summary>
/// A module of your own as a layer: <c>[Layer&lt;MyModule&gt;(16, Output = [16, 14, 14])]</c> is <c>new MyModule(16)</c>. It takes one tensor and gives one,
/// whose shape can't be inferred: it is declared, and checked once, when the network is made.
/// </summary>
/// <typeparam name="TModule">A TorchSharp module from a tensor to a tensor.</typeparam>
/// <param name="arguments">What its constructor takes: numbers, flags and texts.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LayerAttribute<TModule>(params object[] arguments) : LayerAttribute
{
    /// <summary>What its constructor takes.</summary>
    public IReadOnlyList<object> Arguments { get; } = arguments;

    /// <summary>The sizes of its output without the batch. Default: those of its input.</summary>
    public int[] Output { get; set; } = [];
}

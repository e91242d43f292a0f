using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// A layer of a transformer's decoder: self attention, attention to the encoder's output and then two linear layers at each position, each with
/// a shortcut and a layer norm. It computes what PyTorch's <c>TransformerDecoderLayer</c> with batches first does, under the same names.
/// </summary>
public sealed class TransformerDecoderLayer : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly MultiHeadAttention _attention;
    private readonly MultiHeadAttention _memoryAttention;
    private readonly FeedForward _feedForward;
    private readonly TransformerSublayer _first;
    private readonly TransformerSublayer _second;
    private readonly TransformerSublayer _third;

    /// <summary>A layer over sequences of <paramref name="dModel"/> features.</summary>
    /// <param name="dModel">E; a multiple of <paramref name="nhead"/>.</param>
    /// <param name="nhead">The number of heads of both attentions.</param>
    /// <param name="dimFeedforward">The width between the two linear layers.</param>
    /// <param name="dropout">The probability of a value to be dropped in training, in all places.</param>
    /// <param name="activation">What stands between the two linear layers.</param>
    /// <param name="layerNormEps">What the layer norms add to the variance.</param>
    /// <param name="normFirst">Whether the norms stand before attention and linear layers, rather than behind the sums.</param>
    /// <param name="causal">Whether a position sees only itself and those before it in its own sequence; it sees all of the encoder's output.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or the heads don't divide the features.</exception>
    public TransformerDecoderLayer(
        long dModel, long nhead, long dimFeedforward = 2048, double dropout = 0.1, nn.Activations activation = nn.Activations.ReLU,
        double layerNormEps = 1e-5, bool normFirst = false, bool causal = false)
        : base(nameof(TransformerDecoderLayer))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimFeedforward, 1);
        _attention = new MultiHeadAttention(dModel, nhead, dropout, causal: causal);
        _memoryAttention = new MultiHeadAttention(dModel, nhead, dropout);
        var (linear1, linear2) = (nn.Linear(dModel, dimFeedforward), nn.Linear(dimFeedforward, dModel));
        var (norm1, norm2, norm3) = (nn.LayerNorm(dModel, layerNormEps), nn.LayerNorm(dModel, layerNormEps), nn.LayerNorm(dModel, layerNormEps));
        _feedForward = new FeedForward(linear1, linear2, activation, dropout);
        _first = new TransformerSublayer(norm1, normFirst, dropout);
        _second = new TransformerSublayer(norm2, normFirst, dropout);
        _third = new TransformerSublayer(norm3, normFirst, dropout);
        register_module("self_attn", _attention);
        register_module("multihead_attn", _memoryAttention);
        register_module("linear1", linear1);
        register_module("linear2", linear2);
        register_module("norm1", norm1);
        register_module("norm2", norm2);
        register_module("norm3", norm3);
    }

    /// <inheritdoc/>
    /// <param name="input">[N, L, E].</param>
    /// <param name="memory">The encoder's output, [N, M, E].</param>
    /// <returns>[N, L, E].</returns>
    public override Tensor forward(Tensor input, Tensor memory)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(memory);
        var isTraining = training;
        using var attended = _first.Apply(input, value => _attention.call(value, value, null), isTraining);
        using var informed = _second.Apply(attended, value => _memoryAttention.call(value, memory, null), isTraining);
        return _third.Apply(informed, value => _feedForward.Apply(value, isTraining), isTraining);
    }

    // All is registered by PyTorch's names; TorchSharp would register it once more by the names of fields.
    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
    }
}

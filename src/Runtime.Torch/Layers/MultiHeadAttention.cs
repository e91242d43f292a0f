using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Multi-head attention (Vaswani et al. 2017), as PyTorch's <c>MultiheadAttention</c> with batches first: each position of one sequence takes
/// the mean of what stands in another, weighted by softmax(Q K^T / sqrt(E / heads)) in each head. With the same sequence twice it is self
/// attention. Weights have PyTorch's names and initial values.
/// </summary>
public sealed class MultiHeadAttention : nn.Module<Tensor, Tensor, Tensor?, Tensor>
{
    // Not constant: a module that moves to another device replaces its parameters, by these names.
    [ComponentName(Name = "in_proj_weight")]
    private readonly Parameter _inputWeight;

    [ComponentName(Name = "in_proj_bias")]
    private readonly Parameter? _inputBias;

    private readonly Linear _output;
    private readonly long _features;
    private readonly long _heads;
    private readonly double _dropout;
    private readonly bool _isCausal;

    /// <summary>Attention over sequences of <paramref name="embedDim"/> features.</summary>
    /// <param name="embedDim">E, the features of both sequences; a multiple of <paramref name="numHeads"/>.</param>
    /// <param name="numHeads">The number of heads, at least 1.</param>
    /// <param name="dropout">The probability of a weight of the mean to be dropped in training.</param>
    /// <param name="bias">Whether the projections add trained values.</param>
    /// <param name="causal">Whether a position sees only itself and those before it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or the heads don't divide the features.</exception>
    public MultiHeadAttention(long embedDim, long numHeads, double dropout = 0, bool bias = true, bool causal = false)
        : base(nameof(MultiHeadAttention))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(embedDim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(numHeads, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(embedDim % numHeads, 0, nameof(numHeads));
        ArgumentOutOfRangeException.ThrowIfNegative(dropout);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dropout, 1);
        (_features, _heads, _dropout, _isCausal) = (embedDim, numHeads, dropout, causal);
        // Drawn before the others, as PyTorch does it.
        _output = nn.Linear(embedDim, embedDim, hasBias: bias);
        _inputWeight = nn.Parameter(nn.init.xavier_uniform_(empty(3 * embedDim, embedDim)));
        register_parameter("in_proj_weight", _inputWeight);
        if (bias)
        {
            nn.init.zeros_(_output.bias!);
            _inputBias = nn.Parameter(zeros(3 * embedDim));
            register_parameter("in_proj_bias", _inputBias);
        }

        register_module("out_proj", _output);
    }

    /// <inheritdoc/>
    /// <param name="input">[N, L, E], whose positions ask.</param>
    /// <param name="memory">[N, M, E], whose positions are seen; the same tensor for self attention.</param>
    /// <param name="mask">[N, M], of any numbers: a position with 0 is not seen; null for all. Where a sample has no other, its output is not a number.</param>
    /// <returns>[N, L, E].</returns>
    public override Tensor forward(Tensor input, Tensor memory, Tensor? mask)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(memory);
        if (ReferenceEquals(input, memory))
        {
            using var all = Project(input, 0, 3);
            using var queries = all.select(0, 0);
            return Attend(queries, all, 1, mask);
        }

        using var asked = Project(input, 0, 1);
        using var query = asked.select(0, 0);
        using var seen = Project(memory, 1, 2);
        return Attend(query, seen, 0, mask);
    }

    // All is registered by PyTorch's names; TorchSharp would register it once more by the names of fields.
    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Queries, keys and values from <paramref name="first"/> on: [N, L, E] to [count, N, heads, L, E / heads].</summary>
    private Tensor Project(Tensor input, long first, long count)
    {
        using var weight = _inputWeight.narrow(0, first * _features, count * _features);
        using var bias = _inputBias?.narrow(0, first * _features, count * _features);
        using var projected = nn.functional.linear(input, weight, bias);
        using var split = projected.view(input.shape[0], input.shape[1], count, _heads, _features / _heads);
        return split.permute(2, 0, 3, 1, 4);
    }

    private Tensor Attend(Tensor query, Tensor projected, long first, Tensor? mask)
    {
        using var key = projected.select(0, first);
        using var value = projected.select(0, first + 1);
        using var visible = mask is null ? null : Visible(mask, query.shape[2]);
        using var heads = nn.functional.scaled_dot_product_attention(query, key, value, visible, training ? _dropout : 0, is_casual: _isCausal && mask is null);
        using var positions = heads.transpose(1, 2);
        using var joined = positions.flatten(2);
        return _output.call(joined);
    }

    /// <summary>Which positions each position sees: [N, M] to [N, 1, 1 or L, M]. A mask of one's own and the causal one are one mask here.</summary>
    private Tensor Visible(Tensor mask, long length)
    {
        using Scalar zero = 0;
        using var given = mask.ne(zero);
        var visible = given.view(mask.shape[0], 1, 1, mask.shape[1]);
        if (!_isCausal)
            return visible;
        using (visible)
        {
            using var ones = TorchSharp.torch.ones(length, mask.shape[1], ScalarType.Bool, mask.device);
            using var earlier = ones.tril();
            return visible.logical_and(earlier);
        }
    }
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>What surrounds a part of a transformer's layer: dropout, the shortcut and the norm, which stands before the part or behind the sum.</summary>
internal sealed class TransformerSublayer(LayerNorm norm, bool normFirst, double dropout)
{
    /// <summary>x + part(norm(x)) or norm(x + part(x)).</summary>
    public Tensor Apply(Tensor input, Func<Tensor, Tensor> part, bool isTraining)
    {
        using var normal = normFirst ? norm.call(input) : input.alias();
        using var change = part(normal);
        using var kept = nn.functional.dropout(change, dropout, isTraining);
        if (normFirst)
            return input.add(kept);
        using var sum = input.add(kept);
        return norm.call(sum);
    }
}

/// <summary>The two linear layers of a transformer's layer, position by position.</summary>
internal sealed class FeedForward(Linear first, Linear second, nn.Activations activation, double dropout)
{
    public Tensor Apply(Tensor input, bool isTraining)
    {
        using var wide = first.call(input);
        using var active = activation == nn.Activations.GELU ? nn.functional.gelu(wide) : nn.functional.relu(wide);
        using var kept = nn.functional.dropout(active, dropout, isTraining);
        return second.call(kept);
    }
}

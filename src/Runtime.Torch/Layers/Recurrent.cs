using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// One output of recurrent layers, which give several: all steps, or the last ones. The states are freed, also the first ones, which TorchSharp
/// makes and keeps.
/// </summary>
public static class Recurrent
{
    /// <summary>The outputs of all steps: [N, L, E] to [N, L, H], or [N, L, 2 H] where the module runs in both directions.</summary>
    /// <param name="module">The module, with batches first.</param>
    /// <param name="input">The sequences.</param>
    public static Tensor Sequence(LSTM module, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var scope = NewDisposeScope();
        return module.call(input).Item1.MoveToOuterDisposeScope();
    }

    /// <inheritdoc cref="Sequence(LSTM, Tensor)"/>
    public static Tensor Sequence(GRU module, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var scope = NewDisposeScope();
        return module.call(input).Item1.MoveToOuterDisposeScope();
    }

    /// <inheritdoc cref="Sequence(LSTM, Tensor)"/>
    public static Tensor Sequence(RNN module, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var scope = NewDisposeScope();
        return module.call(input).Item1.MoveToOuterDisposeScope();
    }

    /// <summary>What the last layer has kept at its end: [N, L, E] to [N, H], or the ends of both directions behind each other, [N, 2 H].</summary>
    /// <param name="module">The module, with batches first.</param>
    /// <param name="input">The sequences.</param>
    public static Tensor Last(LSTM module, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var scope = NewDisposeScope();
        var (outputs, states, _) = module.call(input);
        return Join(outputs, states).MoveToOuterDisposeScope();
    }

    /// <inheritdoc cref="Last(LSTM, Tensor)"/>
    public static Tensor Last(GRU module, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var scope = NewDisposeScope();
        var (outputs, states) = module.call(input);
        return Join(outputs, states).MoveToOuterDisposeScope();
    }

    /// <inheritdoc cref="Last(LSTM, Tensor)"/>
    public static Tensor Last(RNN module, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var scope = NewDisposeScope();
        var (outputs, states) = module.call(input);
        return Join(outputs, states).MoveToOuterDisposeScope();
    }

    // States are [layers * directions, N, H], the last layer's behind the others.
    private static Tensor Join(Tensor outputs, Tensor states)
    {
        var directions = outputs.shape[2] / states.shape[2];
        return states.narrow(0, states.shape[0] - directions, directions).transpose(0, 1).flatten(1);
    }
}

using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>What a step of a recurrent layer does to what it keeps.</summary>
public interface IRecurrentCell
{
    /// <summary>How many linear maps of the input, and of what is kept, a step has.</summary>
    internal static abstract int Gates { get; }

    /// <summary>One vector of a step.</summary>
    /// <param name="input">The maps of the input, <c>[gates, hidden]</c>.</param>
    /// <param name="kept">Those of what is kept.</param>
    /// <param name="hidden">Features that are kept.</param>
    /// <param name="state">What is kept and shown.</param>
    /// <param name="cell">What is kept and not shown.</param>
    /// <param name="i">The vector's first feature.</param>
    internal static abstract void Step<TLanes, TVector>(ref float input, ref float kept, nuint hidden, ref float state, ref float cell, nuint i)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}

/// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997).</summary>
public readonly struct LSTMCell : IRecurrentCell
{
    static int IRecurrentCell.Gates => 4;

    static void IRecurrentCell.Step<TLanes, TVector>(ref float input, ref float kept, nuint hidden, ref float state, ref float cell, nuint i)
    {
        var taken = Functions.Sigmoid<TLanes, TVector>(TLanes.Add(TLanes.Load(in input, i), TLanes.Load(in kept, i)));
        var held = Functions.Sigmoid<TLanes, TVector>(TLanes.Add(TLanes.Load(in input, hidden + i), TLanes.Load(in kept, hidden + i)));
        var fresh = Functions.Tanh<TLanes, TVector>(TLanes.Add(TLanes.Load(in input, (2 * hidden) + i), TLanes.Load(in kept, (2 * hidden) + i)));
        var shown = Functions.Sigmoid<TLanes, TVector>(TLanes.Add(TLanes.Load(in input, (3 * hidden) + i), TLanes.Load(in kept, (3 * hidden) + i)));
        var next = TLanes.MultiplyAdd(held, TLanes.Load(in cell, i), TLanes.Multiply(taken, fresh));
        TLanes.Store(next, ref cell, i);
        TLanes.Store(TLanes.Multiply(shown, Functions.Tanh<TLanes, TVector>(next)), ref state, i);
    }
}

/// <summary>Gated recurrent unit (Cho et al. 2014), with PyTorch's reset behind the product.</summary>
public readonly struct GRUCell : IRecurrentCell
{
    static int IRecurrentCell.Gates => 3;

    static void IRecurrentCell.Step<TLanes, TVector>(ref float input, ref float kept, nuint hidden, ref float state, ref float cell, nuint i)
    {
        var reset = Functions.Sigmoid<TLanes, TVector>(TLanes.Add(TLanes.Load(in input, i), TLanes.Load(in kept, i)));
        var held = Functions.Sigmoid<TLanes, TVector>(TLanes.Add(TLanes.Load(in input, hidden + i), TLanes.Load(in kept, hidden + i)));
        var fresh = Functions.Tanh<TLanes, TVector>(TLanes.MultiplyAdd(reset, TLanes.Load(in kept, (2 * hidden) + i), TLanes.Load(in input, (2 * hidden) + i)));
        TLanes.Store(TLanes.MultiplyAdd(held, TLanes.Subtract(TLanes.Load(in state, i), fresh), fresh), ref state, i);
    }
}

/// <summary>One function of the sum of both maps, as PyTorch's <c>RNN</c>.</summary>
/// <typeparam name="TActivation">The function.</typeparam>
public readonly struct RNNCell<TActivation> : IRecurrentCell
    where TActivation : struct, IActivation
{
    static int IRecurrentCell.Gates => 1;

    static void IRecurrentCell.Step<TLanes, TVector>(ref float input, ref float kept, nuint hidden, ref float state, ref float cell, nuint i) =>
        TLanes.Store(TActivation.Value<TLanes, TVector>(TLanes.Add(TLanes.Load(in input, i), TLanes.Load(in kept, i))), ref state, i);
}

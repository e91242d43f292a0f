namespace ModelGen.Cpu.Kernels;

/// <summary>The seeds of a step's dropouts: each layer has another one for each sample.</summary>
public static class DropoutSeed
{
    /// <summary>The seed of a step, the next of a run's random numbers.</summary>
    /// <param name="random">Is moved on by two numbers.</param>
    public static ulong OfStep(Mt19937 random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return ((ulong)random.Next() << 32) | random.Next();
    }

    /// <summary>The seed of a layer for a sample.</summary>
    /// <param name="step">The step's.</param>
    /// <param name="layer">The layer's number.</param>
    /// <param name="sample">The sample's place in the batch.</param>
    public static ulong Of(ulong step, int layer, int sample) => step + ((ulong)layer << 32) + (uint)sample;
}

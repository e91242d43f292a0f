using ModelGen.Graph;

namespace ModelGen.Emit.CSharp;

/// <summary>Floats that kernels write and read: a value or its gradient, for each sample.</summary>
/// <param name="name">Its name in the generated code.</param>
/// <param name="shape">Its shape.</param>
internal sealed class Buffer(string name, TensorShape shape)
{
    public string Name { get; } = name;

    /// <summary>Floats of one sample.</summary>
    public long Length { get; } = shape.ElementCount;

    /// <summary>Its shape in memory: of an image the channels stand last.</summary>
    public string Shape { get; } = shape.Rank == 4 ? $"[{shape[1]}, {shape[2]}, {shape[0]}]" : shape.OfSample();

    /// <summary>The buffer that stands for this one, where both have the same numbers; else null.</summary>
    public Buffer? SameAs { get; set; }

    /// <summary>Where its numbers are.</summary>
    public Buffer Target => SameAs ?? this;

    /// <summary>Where it begins among the floats of one sample.</summary>
    public long Offset { get; set; }

    /// <summary>Whether the samples' lie side by side, for kernels that take all of them at once; else each begins with a cache line.</summary>
    public bool IsDense { get; set; }

    /// <summary>From one sample's to the next.</summary>
    public long Stride => IsDense ? Length : MemoryPlan.Aligned(Length);

    /// <summary>Whether it is needed for one sample at a time: then every worker has one.</summary>
    public bool IsLocal { get; set; }

    /// <summary>The first and the last time at which it is used.</summary>
    public (int First, int Last) Life { get; set; }
}

using System;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Emit;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>A size, stride or padding along each direction of an image, a signal or a volume: of an image rows, then columns.</summary>
internal readonly record struct Size(EquatableArray<long> Values)
{
    public static Size Of(params long[] values) => new(EquatableArray<long>.Of(values));

    public static Size Uniform(long value, int directions) => directions switch
    {
        1 => new(ImmutableArray.Create(value)),
        2 => new(ImmutableArray.Create(value, value)),
        _ => new(ImmutableArray.Create(value, value, value)),
    };

    public int Directions => Values.Count;

    public long this[int direction] => Values[direction];

    public bool IsUniform
    {
        get
        {
            for (var i = 1; i < Values.Count; i++)
            {
                if (Values[i] != Values[0])
                    return false;
            }

            return true;
        }
    }

    public bool IsAll(long value) => IsUniform && Values[0] == value;

    /// <summary>The smaller of both in each direction.</summary>
    public Size Min(Size other) => new(EquatableArray<long>.Of(Values.Zip(other.Values, Math.Min)));

    /// <summary>The larger of both in each direction.</summary>
    public Size Max(Size other) => new(EquatableArray<long>.Of(Values.Zip(other.Values, Math.Max)));

    /// <summary>As a spec has it.</summary>
    public SpecValue ToSpec() => IsUniform ? SpecValue.Of(Values[0]) : SpecValue.OfNumbers(Values);

    /// <summary>As TorchSharp takes it: one number, or (height, width).</summary>
    public string Torch(bool asTuple) => asTuple ? $"({string.Join(", ", Values.Select(CSharpLiteral.Of))})" : CSharpLiteral.Of(Values[0]);

    public override string ToString() => IsUniform ? CSharpLiteral.Of(Values[0]) : $"[{string.Join(", ", Values.Select(CSharpLiteral.Of))}]";
}

using System.Runtime.InteropServices;
using CsCheck;
using ModelGen.Formats;

namespace ModelGen.Tests.Formats;

/// <summary>Tensors and state_dicts to test with, and their comparison.</summary>
internal static class Sample
{
    private static readonly string[] Names = ["features.0.weight", "naïve.größe", "层.权重", "😀.bias", "a\nb\0c"];

    /// <summary>Any tensor of up to three dimensions, each of up to four.</summary>
    public static readonly Gen<StoredTensor> Tensor =
        from type in Gen.Enum<ElementType>()
        from shape in Gen.Long[0, 4].Array[0, 3]
        from data in Gen.Byte.Array[(int)shape.Aggregate(1L, (a, b) => a * b) * ByteSize(type)]
        select new StoredTensor(type, shape, type == ElementType.Bool ? data.Select(b => (byte)(b & 1)).ToArray() : data);

    /// <summary>Any state_dict whose names are valid Unicode.</summary>
    public static readonly Gen<StateDict> StateDict =
        from names in Name.ArrayUnique[0, 6]
        from tensors in Tensor.Array[names.Length]
        from modules in Gen.Select(Name, Gen.Int[0, 300]).Array[0, 4]
        select new StateDict(
            [.. names.Zip(tensors, (name, tensor) => new StateDictEntry(name, tensor))],
            [.. modules.DistinctBy(module => module.Item1).Select(module => KeyValuePair.Create(module.Item1, module.Item2))]);

    private static Gen<string> Name => Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 0, 12],
        Gen.String[Gen.Char, 0, 8].Where(name => !name.Any(char.IsSurrogate)),
        Gen.Int[0, Names.Length - 1].Select(i => Names[i]));

    /// <summary>A small state_dict: two float32 tensors, an int64 scalar, and the versions of two modules.</summary>
    public static StateDict Small { get; } = new(
        [
            new("fc.weight", Tensor2x3(0, 1, 2, 3, 4, 5)),
            new("fc.bias", new StoredTensor(ElementType.Float32, [2], Bytes(-1f, 0.5f))),
            new("steps", new StoredTensor(ElementType.Int64, [], Bytes(7L))),
        ],
        [KeyValuePair.Create("", 1), KeyValuePair.Create("fc", 1)]);

    /// <summary>A small optimizer's state_dict: two groups of one parameter, of which the second has no state yet.</summary>
    public static OptimizerStateDict Optimizer { get; } = new(
        [new([new("lr", 0.25), new("betas", new[] { 0.9, 0.5 }), new("amsgrad", false)], 1), new([new("lr", 1.0)], 1)],
        new Dictionary<int, IReadOnlyDictionary<string, StoredTensor?>>
        {
            [0] = new Dictionary<string, StoredTensor?> { ["step"] = new(ElementType.Float32, [], Bytes(3f)), ["exp_avg"] = Tensor2x3(0, 1, 2, 3, 4, 5), ["exp_avg_sq"] = null },
        });

    /// <summary>Numbers as a tensor stores them.</summary>
    public static byte[] Bytes<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    /// <summary>The bytes of one element.</summary>
    public static int ByteSize(ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 => 8,
        ElementType.Float32 or ElementType.Int32 => 4,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 => 2,
        _ => 1,
    };

    /// <summary>Asserts that two state_dicts have the same names in the same order, types, shapes, bytes and module versions.</summary>
    public static void AssertEqual(StateDict expected, StateDict actual)
    {
        Assert.Equal(expected.Entries.Select(entry => entry.Name), actual.Entries.Select(entry => entry.Name));
        foreach (var (left, right) in expected.Entries.Zip(actual.Entries))
        {
            Assert.Equal(left.Tensor.Type, right.Tensor.Type);
            Assert.Equal(left.Tensor.Shape, right.Tensor.Shape);
            Assert.Equal(left.Tensor.Data.ToArray(), right.Tensor.Data.ToArray());
        }

        Assert.Equal(expected.ModuleVersions, actual.ModuleVersions);
    }

    private static StoredTensor Tensor2x3(params float[] values) => new(ElementType.Float32, [2, 3], Bytes(values));
}

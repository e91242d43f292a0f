using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>The names that a block and its parameters can't have.</summary>
internal static class BlockNames
{
    /// <summary>What an expression takes for a word of its own, or for a value that every block has.</summary>
    private static readonly string[] Words = ["true", "false", "and", "or", "not", Bindings.InChannels, Bindings.Index];

    /// <summary>Why a block can't have its name, or null when it can.</summary>
    public static string? Objection(string name, string network, Backend backend) =>
        !char.IsUpper(name[0]) ? $"a block becomes a class: begin it with a capital letter, which also tells it from a layer, as '{char.ToUpperInvariant(name[0])}{SpecValue.Shorten(name.Substring(1))}' does"
        : name == network ? "the network has it: the block becomes a class inside of the network's"
        : LayerNaming.ObjectionToClass(name, backend);

    /// <summary>Why a block's parameter can't have its name, or null when it can.</summary>
    public static string? ObjectionToParameter(string name) =>
        Words.Contains(name) ? $"'{name}' is a word of expressions"
        : BlockUse.Common.Any(parameter => parameter.Name == name) ? $"'{name}' is a setting of every block's use"
        : null;
}

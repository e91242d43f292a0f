using ModelGen.Formats;

namespace ModelGen.Tests.Formats;

/// <summary>State_dicts that stay what they are when the network goes on.</summary>
internal static class StateDictCopies
{
    public static StateDict Copied(this StateDict state) =>
        state with { Entries = [.. state.Entries.Select(entry => entry with { Tensor = entry.Tensor with { Data = entry.Tensor.Data.ToArray() } })] };
}

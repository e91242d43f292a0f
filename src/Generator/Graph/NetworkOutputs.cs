using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>Reads which layers' outputs a network gives. Several become a record, each a property of it.</summary>
internal static class NetworkOutputs
{
    private const int Most = 100;

    private static readonly Parameter<IReadOnlyList<string>> Names = Parameter.Outputs("outputs", "The layers whose outputs the network gives");

    /// <summary>What the compiler keeps for itself in every record, beside what no layer can be called.</summary>
    public static readonly string[] RecordMembers = ["Clone", "Deconstruct", "PrintMembers"];

    // In plain C# the outputs are properties of what computes them.
    private static readonly string[] WorkspaceMembers = ["Workspace", "Prepare", "Forward"];

    /// <summary>The values that the network gives; null when one of them is wrong.</summary>
    public static int[]? Find(ModelSpec spec, ModuleReader root, NetworkReader network)
    {
        if (spec.Outputs is not { } written)
            return [root.Current];
        if (Names.Read(written) is not IReadOnlyList<string> names)
        {
            var odd = written.Kind == SpecValueKind.List ? written.Items.ToList().FindIndex(item => item.Kind != SpecValueKind.Text) : -1;
            network.Report(Finding.Of(Rules.WrongType, odd < 0 ? Names.Name : PathOf(odd), Names.Name, "the spec", written.ToString(), Names.Expected));
            return null;
        }

        if (names.Count > Most)
        {
            network.Report(Finding.Of(Rules.SpecTooLarge, Names.Name, Amount.Of(names.Count, "outputs"), Amount.Of(Most, "outputs")));
            return null;
        }

        for (var i = 0; i < names.Count; i++)
        {
            if (names.Take(i).Any(earlier => MemberOf(earlier) == MemberOf(names[i])))
                return Refuse(Rules.SetTwice, i, Names.Name);
        }

        var values = names.Select((name, index) => root.FindOutput(name, Names.Name, PathOf(index))).ToArray();
        for (var i = 0; i < names.Count && names.Count > 1; i++)
        {
            // What can't be a layer's name, is none that the network has, which was said.
            if (values[i] >= 0 && ObjectionTo(names[i], network.Backend) is { } objection)
                return Refuse(Rules.InvalidName, i, objection);
        }

        return values.All(value => value >= 0) ? values : null;

        int[]? Refuse(Rule rule, int index, string why)
        {
            network.Report(Finding.Of(rule, PathOf(index), SpecValue.Shorten(names[index]), why));
            return null;
        }
    }

    /// <summary>The names of several outputs as far as they can be properties beside each other; null for a single output, which has none.</summary>
    public static IReadOnlyList<string>? Likely(ModelSpec spec, Backend backend)
    {
        if (spec.Outputs is not { } written || Names.Read(written) is not IReadOnlyList<string> { Count: > 1 and <= Most } names)
            return null;
        var likely = names.Where(name => SpecNames.IsValid(name) && ObjectionTo(name, backend) is null).GroupBy(MemberOf).Select(same => same.First()).ToArray();
        return likely.Length == 0 ? null : likely;
    }

    private static string PathOf(int index) => new LayerPlace(Names.Name, index).Path;

    private static string? ObjectionTo(string name, Backend backend) =>
        RecordMembers.Contains(MemberOf(name)) || LayerNaming.IsMember(MemberOf(name))
            ? $"the compiler keeps the member '{MemberOf(name)}' of a record, which the outputs are, for itself"
        : backend != Backend.Torch && WorkspaceMembers.Contains(MemberOf(name))
            ? $"the workspace has a member '{MemberOf(name)}' already"
        : null;

    private static string MemberOf(string name) => name.Length == 0 ? "" : LayerName.Of(name).Member;
}

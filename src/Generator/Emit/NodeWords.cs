using ModelGen.Graph;

namespace ModelGen.Emit;

/// <summary>What a step of a network is, for people.</summary>
internal static class NodeWords
{
    public static string Kind(GraphNode node) => node switch
    {
        LayerNode layer => layer.Kind.Keyword,
        ModuleNode module => module.Module.Definition.IsBlock ? module.Module.Definition.Type : "sequence",
        RepeatNode repeat => $"{CSharpLiteral.Of(repeat.Modules.Count)} x {repeat.Modules[0].Definition.Type}",
        _ => "",
    };
}

using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Graph.Passes;

namespace ModelGen.Emit.Torch;

/// <summary>Writes the layers of a class: what builds them, a typed property for each, and a forward pass in a straight line.</summary>
internal sealed class ClassEmitter(ModuleClass type)
{
    public const string Tensor = "global::TorchSharp.torch.Tensor";

    private const string FusedType = "global::ModelGen.Torch.ConvBatchNorm2d";

    private readonly ShapeWords _shapes = type.Shapes();

    private static string Access(ModuleMember member) => member.Node is LayerNode layer ? layer.Kind.TorchAccess : "public";

    private static string Registration(ModuleMember member) => member.Node is LayerNode layer ? layer.Kind.TorchRegistration : "register_module";

    private string Part => type.Definition.IsBlock ? "block" : "sequence";

    private IReadOnlyList<GraphInput> Inputs => type.Uses[0].Inputs;

    private IReadOnlyList<int> Outputs => type.Uses[0].Outputs;

    private IReadOnlyList<ConvBatchNormStep> Fused { get; } = [.. type.Plan.Steps.OfType<ConvBatchNormStep>()];

    /// <summary>What the class is, beside a module.</summary>
    public string Interfaces => Fused.Count == 0 ? "" : ", global::ModelGen.Torch.IFoldsBatchNorm";

    private IEnumerable<ModuleMember> Modules => type.Members.Where(member => member.Type is not null && !member.IsAbsent);

    /// <summary>The base class of a module of that many inputs.</summary>
    public static string Base(int inputs, string output) => $"global::TorchSharp.torch.nn.Module<{string.Concat(Enumerable.Repeat(Tensor + ", ", inputs))}{output}>";

    /// <summary>The class of a block or a sequence, whole.</summary>
    public void WriteClass(CodeWriter writer)
    {
        var uses = type.Uses.Count == 1 ? "" : $"; {CSharpLiteral.Of(type.Uses.Count)} uses";
        writer.Write($$"""
            /// <summary>The {{Part}} <c>{{type.Type}}</c> from {{string.Join(" and ", Inputs.Select((_, i) => _shapes.Of(i)))}} to {{_shapes.Of(Outputs[0])}}{{uses}}.</summary>
            public sealed class {{type.Type}} : {{Base(Inputs.Count, Tensor)}}{{Interfaces}}
            """);
        using (writer.Braces())
        {
            var parameters = string.Join(", ", type.Parameters.All.Select(parameter => $"{parameter.Type} {parameter.Name}"));
            writer.Write($"internal {type.Type}({parameters})");
            writer.Write($"    : base(\"{type.Type}\")");
            WriteBody(writer);
            WriteProperties(writer);
            WriteForward(writer, null, Part);
        }
    }

    /// <summary>The constructor's body, and what keeps its registrations the only ones.</summary>
    public void WriteBody(CodeWriter writer)
    {
        using (writer.Braces())
        {
            foreach (var member in Modules)
                writer.Write($"{Guard(member)}{member.Node.Name.Member} = {member.Construction};");
            foreach (var member in type.Members.Where(IsFlagged))
                writer.Write($"{Flag(member)} = {member.Condition!};");
            foreach (var step in Fused)
                writer.Write($"{ForwardEmitter.FieldOf(step)} = new {FusedType}({step.Convolution.Name.Member}, {step.Norm.Name.Member});");
            writer.Line();
            foreach (var member in Modules)
                writer.Write($"{(member.IsOptional ? $"if ({member.Node.Name.Member} is not null)\n    " : "")}{Registration(member)}(\"{member.Node.Name.Key}\", {member.Node.Name.Member});");
        }

        // TorchSharp calls it when the module becomes part of another one, and would add each layer once more, named as the field behind its property.
        writer.Line().Write("""
            /// <summary>Does nothing: the constructor registered every layer, by its name in the state_dict.</summary>
            protected override void RegisterComponents()
            {
            }
            """);
        writer.Line();
    }

    public void WriteProperties(CodeWriter writer)
    {
        foreach (var member in type.Members.Where(IsFlagged))
            writer.Write($"private readonly bool {Flag(member)};").Line();
        foreach (var step in Fused)
            writer.Write($"private readonly {FusedType} {ForwardEmitter.FieldOf(step)};").Line();
        for (var i = 0; i < type.Members.Count; i++)
        {
            if (type.Members[i] is not { Type: { } property, IsAbsent: false } member)
                continue;
            WriteDoc(writer, member, i);
            // A module that moves to another device replaces its parameters, and looks for the fields that hold them by this name.
            if (Registration(member) == "register_parameter")
                writer.Write($"[field: global::TorchSharp.Utils.ComponentName(Name = \"{member.Node.Name.Key}\")]");
            writer.Write($$"""
                {{Access(member)}} {{property}}{{(member.IsOptional ? "?" : "")}} {{member.Node.Name.Member}} { get; }
                """);
            writer.Line();
        }
    }

    /// <summary>The forward pass, and what it needs beside the layers.</summary>
    /// <param name="writer">Where it is written.</param>
    /// <param name="output">The type that holds several outputs; null for a single one.</param>
    /// <param name="part">What it computes the output of.</param>
    public void WriteForward(CodeWriter writer, string? output, string part)
    {
        new ForwardEmitter(type, _shapes).Write(writer, output, part);
        if (Fused.Count == 0)
            return;
        writer.Line().Write("/// <inheritdoc/>");
        writer.Write($"global::System.Collections.Generic.IReadOnlyList<{FusedType}> global::ModelGen.Torch.IFoldsBatchNorm.Fused => [{string.Join(", ", Fused.Select(ForwardEmitter.FieldOf))}];");
    }

    // A call without a module has nothing that could be null.
    private static bool IsFlagged(ModuleMember member) => member.IsOptional && member.Type is null;

    /// <summary>The field that says whether a use has a call without a module.</summary>
    public static string Flag(ModuleMember member) => "_has" + member.Node.Name.Member;

    private static string Guard(ModuleMember member) => member.IsOptional ? $"if ({member.Condition})\n    " : "";

    private void WriteDoc(CodeWriter writer, ModuleMember member, int index)
    {
        var node = member.Node;
        var (input, output) = (_shapes.Of(node.Sources), _shapes.Of(Inputs.Count + index));
        var inPlace = type.Plan.StepOf(Inputs.Count + index) is NodeStep { IsInPlace: true } ? ", in place: writes over what it takes" : "";
        string? settings = null;
        var parameters = (Least: long.MaxValue, Most: 0L);
        var multiplyAdds = parameters;
        foreach (var use in type.Uses)
        {
            // A use can be without the step.
            if (use.Nodes[index] is BypassNode)
                continue;
            var described = use.Nodes[index] is LayerNode layer ? layer.Settings.Describe(layer.Kind.Parameters) : "";
            settings = (settings ?? described) == described ? described : "";
            var costs = Costs.Of(use.Nodes[index]);
            parameters = Widened(parameters, costs.Parameters);
            multiplyAdds = Widened(multiplyAdds, costs.MultiplyAdds);
        }

        writer.Append($"/// <summary><c>{node.Name.Key}</c>: {NodeWords.Kind(node)}{(settings is "" ? "" : ", ")}{XmlDoc.Escape(settings!)}");
        writer.Append($"{(member.IsOptional ? ", in some uses" : "")}{inPlace}; {input} to {output}");
        AppendCount(writer, "; ", parameters, " parameters");
        AppendCount(writer, ", ", multiplyAdds, " multiply-adds");
        writer.Write(".</summary>");
    }

    private static (long Least, long Most) Widened((long Least, long Most) range, long value) => (Math.Min(range.Least, value), Math.Max(range.Most, value));

    private static void AppendCount(CodeWriter writer, string before, (long Least, long Most) count, string what)
    {
        if (count.Most == 0)
            return;
        writer.Append($"{before}");
        if (count.Least < count.Most)
            writer.Append($"{CSharpLiteral.Counted(count.Least)} to ");
        writer.Append($"{CSharpLiteral.Counted(count.Most)}{what}");
    }
}

using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Emit.Torch;

/// <summary>Writes the layers of a class: what builds them, a typed property for each, and a forward pass in a straight line.</summary>
internal sealed class ClassEmitter(ModuleClass type, CodeWriter writer)
{
    public const string Tensor = "global::TorchSharp.torch.Tensor";

    /// <summary>Steps one behind the other that may be missing, before a value is made of them: each would be written within the next.</summary>
    private const int MostOptional = 4;

    private readonly ShapeWords _shapes = new(type);
    private readonly bool[] _isSettled = Settled(type);

    private static string Access(ModuleMember member) => member.Node is LayerNode layer ? layer.Kind.TorchAccess : "public";

    private static string Registration(ModuleMember member) => member.Node is LayerNode layer ? layer.Kind.TorchRegistration : "register_module";

    private string Part => type.Definition.IsBlock ? "block" : "sequence";

    private IReadOnlyList<GraphInput> Inputs => type.Uses[0].Inputs;

    private IReadOnlyList<int> Outputs => type.Uses[0].Outputs;

    private IEnumerable<ModuleMember> Modules => type.Members.Where(member => member.Type is not null && !member.IsAbsent);

    /// <summary>The base class of a module of that many inputs.</summary>
    public static string Base(int inputs, string output) => $"global::TorchSharp.torch.nn.Module<{string.Concat(Enumerable.Repeat(Tensor + ", ", inputs))}{output}>";

    /// <summary>The class of a block or a sequence, whole.</summary>
    public void WriteClass()
    {
        var uses = type.Uses.Count == 1 ? "" : $"; {CSharpLiteral.Of(type.Uses.Count)} uses";
        writer.Write($$"""
            /// <summary>The {{Part}} <c>{{type.Type}}</c> from {{string.Join(" and ", Inputs.Select((_, i) => _shapes.Of(i)))}} to {{_shapes.Of(Outputs[0])}}{{uses}}.</summary>
            public sealed class {{type.Type}} : {{Base(Inputs.Count, Tensor)}}
            """);
        using (writer.Braces())
        {
            var parameters = string.Join(", ", type.Parameters.All.Select(parameter => $"{parameter.Type} {parameter.Name}"));
            writer.Write($"internal {type.Type}({parameters})");
            writer.Write($"    : base(\"{type.Type}\")");
            WriteBody();
            WriteProperties();
            WriteForward(null, Part);
        }
    }

    /// <summary>The constructor's body, and what keeps its registrations the only ones.</summary>
    public void WriteBody()
    {
        using (writer.Braces())
        {
            foreach (var member in Modules)
                writer.Write($"{Guard(member)}{member.Node.Name.Member} = {member.Construction};");
            foreach (var member in type.Members.Where(IsFlagged))
                writer.Write($"{Flag(member)} = {member.Condition!};");
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

    public void WriteProperties()
    {
        foreach (var member in type.Members.Where(IsFlagged))
            writer.Write($"private readonly bool {Flag(member)};").Line();
        for (var i = 0; i < type.Members.Count; i++)
        {
            if (type.Members[i] is not { Type: { } property, IsAbsent: false } member)
                continue;
            writer.Write($$"""
                /// <summary>{{Words(member, i)}}.</summary>
                """);
            // A module that moves to another device replaces its parameters, and looks for the fields that hold them by this name.
            if (Registration(member) == "register_parameter")
                writer.Write($"[field: global::TorchSharp.Utils.ComponentName(Name = \"{member.Node.Name.Key}\")]");
            writer.Write($$"""
                {{Access(member)}} {{property}}{{(member.IsOptional ? "?" : "")}} {{member.Node.Name.Member}} { get; }
                """);
            writer.Line();
        }
    }

    /// <param name="output">The type that holds several outputs; null for a single one.</param>
    /// <param name="part">What it computes the output of.</param>
    public void WriteForward(string? output, string part)
    {
        writer.Write($"/// <summary>Computes the {part}'s output{(output is null ? "" : "s")}. The caller disposes {(output is null ? "it" : "them")}; everything between is disposed here.</summary>");
        for (var i = 0; i < Inputs.Count; i++)
            writer.Write($"/// <param name=\"{Inputs[i].Name}\">{_shapes.Of(i)}, {Elements(Inputs[i].Shape)}.</param>");
        writer.Write($"/// <returns>{string.Join(" and ", Outputs.Select(_shapes.Of))}, float32.</returns>");
        writer.Write($"public override {output ?? Tensor} forward({string.Join(", ", Inputs.Select(input => $"{Tensor} {CSharpWord.Escape(input.Name)}"))})");
        using (writer.Braces())
        {
            var lines = Statements(output).ToArray();
            var width = lines.Max(line => line.Statement.Length);
            foreach (var (statement, shape) in lines)
                writer.Write($"{statement.PadRight(width)} // {shape}");
        }
    }

    private IEnumerable<(string Statement, string Shape)> Statements(string? output)
    {
        // Where the last step that is there is the only output, its tensor is returned as it is; any other value is disposed here and returned as
        // another handle.
        var last = type.Members.Count - 1;
        while (last >= 0 && type.Members[last].IsAbsent)
            last--;
        var isDirect = output is null && last >= 0 && Present(Outputs[0]) == Inputs.Count + last;
        for (var i = 0; i < (isDirect ? last : type.Members.Count); i++)
        {
            var (member, value) = (type.Members[i], Inputs.Count + i);
            if (!member.IsAbsent)
                yield return ($"using var {Local(member)} = {(_isSettled[i] ? Last(member) : member.IsOptional ? Maybe(member) : Call(member))};", _shapes.Of(value));
        }

        if (isDirect)
            yield return ($"return {Last(type.Members[last])};", _shapes.Of(Inputs.Count + last));
        else if (output is null)
            yield return ($"return {Value(Outputs[0])}.alias();", _shapes.Of(Outputs[0]));
        else
            yield return ($"return new {output}({string.Join(", ", Outputs.Select(value => Value(value) + ".alias()"))});", string.Join(", ", Outputs.Select(_shapes.Of)));
    }

    private string Last(ModuleMember member) => !member.IsOptional ? Call(member) : $"{IsThere(member)} ? {Call(member)} : {Value(member.Node.Sources[0])}.alias()";

    private string Maybe(ModuleMember member)
    {
        var (call, property) = (Call(member), Property(member) + ".");
        return call.StartsWith(property, System.StringComparison.Ordinal)
            ? $"{Property(member)}?.{call.Substring(property.Length)}"
            : $"{IsThere(member)} ? {call} : null";
    }

    private string IsThere(ModuleMember member) => member.Type is null ? Flag(member) : $"{Property(member)} is not null";

    // A parameter of forward may have the name of a property.
    private string Property(ModuleMember member) => IsInput(member.Node.Name.Member) ? "this." + member.Node.Name.Member : member.Node.Name.Member;

    private string Call(ModuleMember member)
    {
        var inputs = new string[member.Node.Sources.Count];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = Value(member.Node.Sources[i]);
        var call = member.Node is LayerNode layer
            ? layer.Kind.TorchCall(layer.Settings, Property(member), inputs, layer.Inputs)
            : $"{Property(member)}.call({string.Join(", ", inputs)})";
        // The only argument of a call has brackets already.
        foreach (var input in inputs)
        {
            if (input[0] == '(')
                call = call.Replace($"({input})", input);
        }

        return call;
    }

    /// <summary>The value, or the one that stands for it where no use of the class has its step.</summary>
    private int Present(int value)
    {
        while (value >= Inputs.Count && type.Members[value - Inputs.Count] is { IsAbsent: true } absent)
            value = absent.Node.Sources[0];
        return value;
    }

    private string Value(int value)
    {
        value = Present(value);
        if (value < Inputs.Count)
            return CSharpWord.Escape(Inputs[value].Name);
        var member = type.Members[value - Inputs.Count];
        return member.IsOptional && !_isSettled[value - Inputs.Count] ? $"({Local(member)} ?? {Value(member.Node.Sources[0])})" : Local(member);
    }

    /// <summary>The optional steps whose value is what flowed in, where they are missing: the last of so many.</summary>
    private static bool[] Settled(ModuleClass type)
    {
        var settled = new bool[type.Members.Count];
        if (type.Uses.Count == 1)
            return settled;
        var inputs = type.Uses[0].Inputs.Count;
        var optional = new int[inputs + type.Members.Count];
        for (var i = 0; i < type.Members.Count; i++)
        {
            var before = type.Members[i].Node.Sources.Count == 0 ? 0 : optional[type.Members[i].Node.Sources[0]];
            optional[inputs + i] = type.Members[i].IsAbsent ? before : type.Members[i].IsOptional ? (before + 1) % MostOptional : 0;
            settled[i] = type.Members[i].IsOptional && optional[inputs + i] == 0;
        }

        return settled;
    }

    // A local may not hide a parameter, nor be a word of C#; with the @ any word can be a name.
    private string Local(ModuleMember member)
    {
        var name = member.Node.Name.Local;
        while (IsInput(name))
            name += "_";
        return CSharpWord.Escape(name);
    }

    private bool IsInput(string name)
    {
        foreach (var input in Inputs)
        {
            if (input.Name == name)
                return true;
        }

        return false;
    }

    // A call without a module has nothing that could be null.
    private static bool IsFlagged(ModuleMember member) => member.IsOptional && member.Type is null;

    private static string Flag(ModuleMember member) => "_has" + member.Node.Name.Member;

    private static string Guard(ModuleMember member) => member.IsOptional ? $"if ({member.Condition})\n    " : "";

    private string Words(ModuleMember member, int index)
    {
        var node = member.Node;
        var (input, output) = (string.Join(" and ", node.Sources.Select(_shapes.Of)), _shapes.Of(Inputs.Count + index));
        if (node is not LayerNode layer || type.Uses.Count > 1)
            return $"<c>{node.Name.Key}</c>: {NodeWords.Kind(node)}{(member.IsOptional ? ", in some uses" : "")}; {input} to {output}";
        var settings = layer.Settings.Describe(layer.Kind.Parameters);
        var kind = settings.Length == 0 ? layer.Kind.Keyword : $"{layer.Kind.Keyword}, {XmlDoc.Escape(settings)}";
        var costs = (layer.Parameters == 0 ? "" : $"; {CSharpLiteral.Counted(layer.Parameters)} parameters")
            + (layer.MultiplyAdds == 0 ? "" : $", {CSharpLiteral.Counted(layer.MultiplyAdds)} multiply-adds");
        return $"<c>{node.Name.Key}</c>: {kind}; {input} to {output}{costs}";
    }

    private static string Elements(TensorShape shape) => shape.IsIndices ? "int64" : "float32";
}

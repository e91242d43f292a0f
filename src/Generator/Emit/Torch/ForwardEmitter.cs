using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Graph;
using ModelGen.Graph.Passes;

namespace ModelGen.Emit.Torch;

/// <summary>Writes a forward pass in a straight line: a statement for each step, with its shape and what a pass did there.</summary>
internal sealed class ForwardEmitter
{
    /// <summary>Steps one behind the other that may be missing, before a value is made of them: each would be written within the next.</summary>
    private const int MostOptional = 4;

    private const string Runtime = "global::ModelGen.Torch.";

    private readonly ModuleClass _type;
    private readonly ShapeWords _shapes;
    private readonly IReadOnlyList<GraphInput> _inputs;
    private readonly ForwardPlan _plan;

    // By the value that each step gives.
    private readonly bool[] _settled;
    private readonly string[] _locals;
    private readonly HashSet<string> _taken;

    public ForwardEmitter(ModuleClass type, ShapeWords shapes)
    {
        (_type, _shapes, _inputs, _plan) = (type, shapes, type.Uses[0].Inputs, type.Plan);
        _settled = Settled();
        _locals = new string[_plan.NewValue];
        _taken = [.. _inputs.Select(input => input.Name)];
        foreach (var step in _plan.Steps)
            _locals[step.Value] = Local(step);
    }

    /// <param name="writer">Where it is written.</param>
    /// <param name="output">The type that holds several outputs; null for a single one.</param>
    /// <param name="part">What it computes the output of.</param>
    public void Write(CodeWriter writer, string? output, string part)
    {
        writer.Write($"/// <summary>Computes the {part}'s output{(output is null ? "" : "s")}. The caller disposes {(output is null ? "it" : "them")}; everything between is disposed here.</summary>");
        for (var i = 0; i < _inputs.Count; i++)
            writer.Write($"/// <param name=\"{_inputs[i].Name}\">{_shapes.Of(i)}, {(_inputs[i].Shape.IsIndices ? "int64" : "float32")}.</param>");
        writer.Write($"/// <returns>{_shapes.Of(_type.Uses[0].Outputs)}, float32.</returns>");
        writer.Write($"public override {output ?? ClassEmitter.Tensor} forward({string.Join(", ", _inputs.Select(input => $"{ClassEmitter.Tensor} {CSharpWord.Escape(input.Name)}"))})");
        using (writer.Braces())
        {
            var statements = Statements(output);
            var width = statements.Max(statement => statement.Width);
            foreach (var statement in statements)
                writer.Write($"{statement.Start}{statement.Local}{statement.Between}{statement.Code};{statement.Release}{new CodeWriter.Spaces(width - statement.Width)} // {statement.Shape}{(statement.Note is null ? "" : ", ")}{statement.Note ?? ""}");
        }
    }

    /// <summary>A local variable with its value, or without one what is returned; and what is said of it. In pieces: the line is the text's.</summary>
    private readonly record struct Statement(string Local, string Code, string Release, string Shape, string? Note)
    {
        public string Start => Local.Length == 0 ? "return " : "using var ";

        public string Between => Local.Length == 0 ? "" : " = ";

        public int Width => Start.Length + Local.Length + Between.Length + Code.Length + 1 + Release.Length;
    }

    private List<Statement> Statements(string? output)
    {
        // Where the last step that is there is the only output, its tensor is returned as it is; any other value is disposed here and returned as
        // another handle.
        var outputs = _plan.Outputs;
        var direct = output is null && _plan.Steps.Count > 0 && _plan.Steps[_plan.Steps.Count - 1] is { } final && final.Value == outputs[0] ? final : null;
        var statements = new List<Statement>(_plan.Steps.Count + 1);
        for (var i = 0; i < _plan.Steps.Count; i++)
        {
            if (_plan.Steps[i] is { } step && !ReferenceEquals(step, direct))
                statements.Add(new(_locals[step.Value], _settled[step.Value] ? Last(step) : Maybe(step), Release(step), _shapes.Of(step.Shape), step.Note));
        }

        if (direct is not null)
            statements.Add(new("", Last(direct), "", _shapes.Of(direct.Shape), direct.Note));
        else if (output is null)
            statements.Add(new("", $"{Value(outputs[0])}.alias()", "", Shape(outputs[0]), null));
        else
            statements.Add(new(
                "",
                $"new {output}({string.Join(", ", outputs.Select(value => Value(value) + ".alias()"))})",
                "",
                string.Join(", ", outputs.Select(Shape)),
                null));
        return statements;
    }

    private string Release(Step step)
    {
        if (step.Frees.Count == 0)
            return "";
        var text = TextBuffer.Take();
        for (var i = 0; i < step.Frees.Count; i++)
            text.Append(' ').Append(_locals[step.Frees[i]]).Append(IsNullable(_plan.StepOf(step.Frees[i])!) ? "?" : "").Append(".Dispose();");
        return TextBuffer.Complete(text);
    }

    private bool IsNullable(Step step) => Optional(step) is not null && !_settled[step.Value];

    private string Shape(int value) => _shapes.Of(_plan.StepOf(value)?.Shape ?? value);

    private string Last(Step step) => Optional(step) is { } member ? $"{IsThere(member)} ? {Call(step)} : {Value(step.Sources[0])}.alias()" : Call(step);

    private string Maybe(Step step)
    {
        var call = Call(step);
        if (Optional(step) is not { } member)
            return call;
        var property = Property(member) + ".";
        return call.StartsWith(property, System.StringComparison.Ordinal)
            ? $"{Property(member)}?.{call.Substring(property.Length)}"
            : $"{IsThere(member)} ? {call} : null";
    }

    private string IsThere(ModuleMember member) => member.Type is null ? ClassEmitter.Flag(member) : $"{Property(member)} is not null";

    // A parameter of forward may have the name of a property.
    private string Property(ModuleMember member) => IsInput(member.Node.Name.Member) ? "this." + member.Node.Name.Member : member.Node.Name.Member;

    private string Call(Step step)
    {
        var inputs = new string[step.Sources.Count];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = Value(step.Sources[i]);
        var call = step switch
        {
            ContiguousStep => $"{inputs[0]}.contiguous()",
            ChannelsLastStep => $"{Runtime}ChannelsLast.Of({inputs[0]})",
            ConvBatchNormStep fused => $"{FieldOf(fused)}.call({inputs[0]})",
            _ => Call(MemberOf((NodeStep)step), inputs),
        };

        // The only argument of a call has brackets already.
        foreach (var input in inputs)
        {
            if (input[0] == '(')
                call = call.Replace($"({input})", input);
        }

        return call;
    }

    private string Call(ModuleMember member, IReadOnlyList<string> inputs) => member.Node is LayerNode layer
        ? layer.Kind.TorchCall(layer.Settings, Property(member), inputs, layer.Inputs)
        : $"{Property(member)}.call({string.Join(", ", inputs)})";

    /// <summary>The field that holds a convolution with its batch norm.</summary>
    public static string FieldOf(ConvBatchNormStep step) => "_fused" + step.Norm.Name.Member;

    private ModuleMember MemberOf(NodeStep step) => _type.Members[step.Value - _inputs.Count];

    /// <summary>The member of a step that some uses do without; null for any other step.</summary>
    private ModuleMember? Optional(Step step) => step is NodeStep node && MemberOf(node) is { IsOptional: true } member ? member : null;

    private string Value(int value)
    {
        if (value < _inputs.Count)
            return CSharpWord.Escape(_inputs[value].Name);
        var step = _plan.StepOf(value)!;
        return IsNullable(step) ? $"({_locals[value]} ?? {Value(step.Sources[0])})" : _locals[value];
    }

    /// <summary>The optional steps whose value is what flowed in, where they are missing: the last of so many.</summary>
    private bool[] Settled()
    {
        var settled = new bool[_plan.NewValue];
        var optional = new int[settled.Length];
        foreach (var step in _plan.Steps)
        {
            if (Optional(step) is null)
                continue;
            var before = step.Sources.Count > 0 ? optional[step.Sources[0]] : 0;
            optional[step.Value] = (before + 1) % MostOptional;
            settled[step.Value] = optional[step.Value] == 0;
        }

        return settled;
    }

    // A local may not hide a parameter, nor be a word of C#; with the @ any word can be a name.
    private string Local(Step step)
    {
        var name = step switch
        {
            ConvBatchNormStep fused => fused.Norm.Name.Local,
            NodeStep node => node.Name.Local,
            _ => (step.Sources[0] < _inputs.Count ? _inputs[step.Sources[0]].Name : _locals[step.Sources[0]].TrimStart('@'))
                + (step is ChannelsLastStep ? "ChannelsLast" : "Contiguous"),
        };
        while (!_taken.Add(name))
            name += "_";
        return CSharpWord.Escape(name);
    }

    private bool IsInput(string name)
    {
        for (var i = 0; i < _inputs.Count; i++)
        {
            if (_inputs[i].Name == name)
                return true;
        }

        return false;
    }
}

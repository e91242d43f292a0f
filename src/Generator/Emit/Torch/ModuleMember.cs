using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Graph;
using ModelGen.Graph.Passes;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Emit.Torch;

/// <summary>A step of a class, with the code that builds it.</summary>
/// <param name="Node">The step as one of the uses has it.</param>
/// <param name="Type">The type of its property; null for a call without a module.</param>
/// <param name="Construction">The expression that makes the module.</param>
/// <param name="Condition">Null where every use has the step; empty where none has it; otherwise the parameter that says so.</param>
internal sealed record ModuleMember(GraphNode Node, string? Type, string Construction, string? Condition)
{
    public bool IsAbsent => Condition is { Length: 0 };

    public bool IsOptional => Condition is { Length: > 0 };

    public static ModuleMember Of(ModuleClass owner, int index, ModuleClasses classes)
    {
        var node = owner.Template[index];
        var nodes = owner.NodesAt(index);
        var condition = node is BypassNode ? "" : nodes.Any(other => other is BypassNode)
            ? owner.Parameters.Expression([.. nodes.Select(other => (object)(other is not BypassNode))], "has" + node.Name.Member)
            : null;
        return node switch
        {
            LayerNode { Kind.TorchType: not null } layer => new(node, layer.Kind.TorchTypeFor(layer.Settings), Construct(owner, layer, nodes, index), condition),
            LayerNode => new(node, null, "", condition),
            ModuleNode module => new(
                node,
                classes.Of(module.Module).Type,
                Construct(owner.Parameters, classes.Of(module.Module), [.. nodes.Select(other => (other as ModuleNode)?.Module)], node.Name),
                condition),
            RepeatNode repeat => Of(owner.Parameters, repeat, nodes, classes, condition),
            _ => new(node, null, "", condition),
        };
    }

    private static ModuleMember Of(ClassParameters parameters, RepeatNode repeat, GraphNode[] nodes, ModuleClasses classes, string? condition)
    {
        var kinds = repeat.Modules.Select(classes.Of).Distinct().ToArray();
        var element = kinds.Length == 1 ? kinds[0].Type : ClassEmitter.Base(1, ClassEmitter.Tensor);
        var constructions = repeat.Modules.Select((module, i) =>
            Construct(parameters, classes.Of(module), [.. nodes.Select(other => (other as RepeatNode)?.Modules[i])], repeat.Name)).ToArray();
        var arguments = kinds.Length == 1 && Series(repeat.Modules, kinds[0], nodes.Length) is { } series
            ? $"{CSharpLiteral.Of(repeat.Modules.Count)}, {series}"
            : $"\n[\n{string.Concat(constructions.Select(construction => $"    {construction},\n"))}]";
        var names = repeat.Keys == default ? "" : $", i => {Keys(repeat.Keys)}";
        return new ModuleMember(repeat, RepeatedType(element), $"new {RepeatedType(element)}({arguments}{names})", condition);
    }

    /// <summary>The class of a list of blocks, or of whatever they have in common.</summary>
    public static string RepeatedType(string element) => $"global::ModelGen.Torch.Repeated<{element}>";

    private static string Keys(ListKeys keys) => keys.First == 0 ? $"$\"{keys.Prefix}{{i}}\"" : $"$\"{keys.Prefix}{{i + {CSharpLiteral.Of(keys.First)}}}\"";

    private static string Construct(ModuleClass owner, LayerNode layer, GraphNode[] nodes, int index)
    {
        var parameters = owner.Parameters;
        var sample = Arguments(layer);
        var rows = nodes.Length == 1 ? [sample] : nodes.Select(node => node is LayerNode other ? Arguments(other) : null).ToArray();
        var text = TextBuffer.Take().Append(layer.Kind.TorchFactory).Append('(');
        var (isTuple, start) = (HasUnlikeSizes(rows), text.Length);
        for (var i = 0; i < sample.Length; i++)
        {
            var argument = sample[i];
            if (IsDefault(rows, i))
                continue;
            text.Append(text.Length == start ? "" : ", ").Append(argument.IsPositional ? "" : argument.Name).Append(argument.IsPositional ? "" : ": ");
            // In a class with a single use every value is written as it is.
            text.Append(rows.Length == 1 || argument.Value is string
                ? ClassParameters.Literal(Plain(argument.Value, isTuple))
                : parameters.Expression(Row(rows, i, isTuple), layer.Name.Local + SpecNames.ToPascalCase(argument.Name)));
        }

        if (owner.Plan.StepOf(owner.Plan.Inputs + index) is NodeStep { IsInPlace: true })
            text.Append(text.Length == start ? "" : ", ").Append("inplace: true");
        return TextBuffer.Complete(text.Append(')'));
    }

    private static Argument[] Arguments(LayerNode layer) =>
        layer.Kind.TorchArguments(layer.Settings, layer.Inputs);

    private static bool HasUnlikeSizes(Argument[]?[] rows)
    {
        foreach (var row in rows)
        {
            foreach (var argument in row ?? [])
            {
                if (argument is { Value: Size { IsUniform: false } })
                    return true;
            }
        }

        return false;
    }

    private static bool IsDefault(Argument[]?[] rows, int index)
    {
        foreach (var row in rows)
        {
            if (row is not null && !row[index].IsDefault)
                return false;
        }

        return true;
    }

    private static object?[] Row(Argument[]?[] rows, int index, bool isTuple) => [.. rows.Select(row => row is null ? null : Plain(row[index].Value, isTuple))];

    private static string Construct(ClassParameters parameters, ModuleClass type, ModuleGraph?[] modules, LayerName name)
    {
        var arguments = type.Parameters.All.Select(parameter => Argument(parameter, parameters.Expression(
            [.. modules.Select(module => module is null ? null : ClassParameters.ValueOf(parameter, IndexOf(type, module)))],
            name.Local + SpecNames.ToPascalCase(parameter.Name.TrimStart('@')))));
        return $"new {type.Type}({string.Join(", ", arguments)})";
    }

    /// <summary>One function of i for all blocks of a repeat, where there is one; the first may differ. Null otherwise, or where the class has several uses.</summary>
    private static string? Series(IReadOnlyList<ModuleGraph> modules, ModuleClass type, int uses)
    {
        if (uses != 1)
            return null;
        var rows = type.Parameters.All.Select(parameter => modules.Select(module => ClassParameters.ValueOf(parameter, IndexOf(type, module))).ToArray()).ToArray();
        if (New(0) is { } all)
            return $"{(rows.All(row => IsConstant(row, 0)) ? "_" : "i")} => {all}";
        return modules.Count > 2 && New(1) is { } others
            ? $"i => i == 0 ? new {type.Type}({string.Join(", ", rows.Select((row, j) => Argument(type.Parameters.All[j], ClassParameters.Literal(row[0]))))}) : {others}"
            : null;

        string? New(int start)
        {
            var arguments = rows.Select((row, j) => Progression(row, start) is { } text ? Argument(type.Parameters.All[j], text) : null).ToArray();
            return arguments.Any(argument => argument is null) ? null : $"new {type.Type}({string.Join(", ", arguments)})";
        }
    }

    private static bool IsConstant(object[] row, int start) => row.Skip(start).All(value => value.Equals(row[start]));

    /// <summary>The same value from <paramref name="start"/> on, or one that grows by the same number each time.</summary>
    private static string? Progression(object[] row, int start)
    {
        if (IsConstant(row, start))
            return ClassParameters.Literal(row[start]);
        if (row.Any(value => value is not long))
            return null;
        var (first, step) = ((long)row[start], (long)row[start + 1] - (long)row[start]);
        for (var i = start; i < row.Length; i++)
        {
            if ((long)row[i] != first + (step * (i - start)))
                return null;
        }

        var zero = first - (step * start);
        return step < 0 || zero < 0 ? null : $"{CSharpLiteral.Of(zero)} + {CSharpLiteral.Of(step)} * i";
    }

    private static string Argument(ClassParameter parameter, string expression) => parameter.Type == "bool" ? $"{parameter.Name}: {expression}" : expression;

    private static int IndexOf(ModuleClass type, ModuleGraph module)
    {
        for (var i = 0; i < type.Uses.Count; i++)
        {
            if (ReferenceEquals(type.Uses[i], module))
                return i;
        }

        throw new InvalidOperationException("A module belongs to its class.");
    }

    private static object Plain(object value, bool isTuple) => value is Size { Values: var values } && !isTuple ? values[0] : value;
}

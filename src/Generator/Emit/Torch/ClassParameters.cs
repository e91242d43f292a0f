using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Emit.Torch;

/// <summary>A parameter of a class's constructor, with its value in each use.</summary>
internal sealed record ClassParameter(string Name, string Type, IReadOnlyList<object?> Values);

/// <summary>
/// The values in which the uses of a class differ. A row of values, one for each use, becomes C#: a number where all are equal; a parameter of the
/// block, or the channels of its input, where it runs as they do; otherwise a parameter of its own.
/// </summary>
internal sealed class ClassParameters(IReadOnlyList<ModuleGraph> uses)
{
    private readonly List<ClassParameter> _parameters = [];
    private readonly IReadOnlyList<(string Name, object[] Values)> _known = [.. Known(uses)];

    public IReadOnlyList<ClassParameter> All => _parameters;

    /// <summary>The row as C#; it becomes a parameter named <paramref name="name"/> if it is none yet.</summary>
    /// <param name="row">A value for each use; null where it does not matter.</param>
    /// <param name="name">The name in camelCase.</param>
    public string Expression(IReadOnlyList<object?> row, string name) => Find(row, isNew: true) ?? Add(name, row);

    /// <summary>The row as C# if it can be said by what there is already; null otherwise.</summary>
    public string? Find(IReadOnlyList<object?> row) => Find(row, isNew: false);

    /// <summary>What a use passes for a parameter.</summary>
    public static object ValueOf(ClassParameter parameter, int use) => parameter.Values[use] ?? Default(parameter.Type);

    /// <summary>A value as C#.</summary>
    public static string Literal(object value) => value switch
    {
        Size size => size.Torch(asTuple: true),
        string expression => expression,
        _ => CSharpLiteral.Of(value),
    };

    private string? Find(IReadOnlyList<object?> row, bool isNew)
    {
        var first = row.First(value => value is not null)!;
        if (row.All(value => value is null || value.Equals(first)))
            return Literal(first);
        if (_parameters.FirstOrDefault(parameter => Runs(row, parameter.Values)) is { } existing)
            return existing.Name;
        foreach (var (name, values) in _known)
        {
            if (values[0].GetType() == first.GetType() && Runs(row, values))
                return isNew ? Add(name, values) : name;
        }

        // Of two that run as the row does the nearer one: twice the width rather than eight times another.
        var multiples = _known.Select(known => (known.Name, known.Values, Ratio: Ratio(row, known.Values))).Where(known => known.Ratio is not null);
        if (multiples.OrderBy(known => Math.Abs(known.Ratio!.Value)).FirstOrDefault() is (var nearest, var widths, { } ratio))
        {
            var known = Find(widths, isNew);
            return ratio > 0 ? $"{CSharpLiteral.Of(ratio)} * {known}" : $"{known} / {CSharpLiteral.Of(-ratio)}";
        }

        return null;
    }

    private string Add(string name, IReadOnlyList<object?> values)
    {
        var unique = name;
        for (var number = 2; _parameters.Any(parameter => parameter.Name == CSharpWord.Escape(unique)); number++)
            unique = name + CSharpLiteral.Of(number);
        var escaped = CSharpWord.Escape(unique);
        _parameters.Add(new ClassParameter(escaped, TypeOf(values.First(value => value is not null)!), values));
        return escaped;
    }

    /// <summary>The block's own parameters and the channels of its input, where they differ.</summary>
    private static IEnumerable<(string Name, object[] Values)> Known(IReadOnlyList<ModuleGraph> uses)
    {
        for (var i = 0; i < uses[0].Arguments.Count; i++)
        {
            var index = i;
            var values = uses.Select(use => ValueOf(use.Arguments[index].Value)).ToArray();
            if (values.All(value => value is not null && value.GetType() == values[0]!.GetType()) && values.Any(value => !value!.Equals(values[0])))
                yield return (SpecNames.ToCamelCase(uses[0].Arguments[i].Name), [.. values.Select(value => value!)]);
        }

        var channels = uses.Select(use => (object)use.Inputs[0].Shape[0]).ToArray();
        if (channels.Any(value => !value.Equals(channels[0])))
            yield return (SpecNames.ToCamelCase(Bindings.InChannels), channels);
    }

    private static object? ValueOf(SpecValue value) => value.Kind switch
    {
        SpecValueKind.Integer => value.Integer,
        SpecValueKind.Real => value.Real,
        SpecValueKind.Flag => value.Flag,
        _ => null,
    };

    private static bool Runs(IReadOnlyList<object?> row, IReadOnlyList<object?> values)
    {
        for (var i = 0; i < row.Count; i++)
        {
            if (row[i] is { } value && !value.Equals(values[i]))
                return false;
        }

        return true;
    }

    /// <summary>k where the row is k times the values, -k where the values are k times the row; null where it is neither.</summary>
    private static long? Ratio(IReadOnlyList<object?> row, object[] values)
    {
        if (values[0] is not long || row.Any(value => value is not (null or > 0L)) || values.Any(value => value is not > 0L))
            return null;
        long? ratio = null;
        for (var i = 0; i < row.Count; i++)
        {
            if (row[i] is not long value)
                continue;
            var known = (long)values[i];
            var own = value % known == 0 ? value / known : known % value == 0 ? -(known / value) : 0;
            if (own == 0 || (ratio is { } other && other != own))
                return null;
            ratio = own;
        }

        return ratio;
    }

    private static string TypeOf(object value) => value switch
    {
        long => "long",
        double => "double",
        bool => "bool",
        Size size => $"({string.Join(", ", Enumerable.Repeat("long", size.Directions))})",
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private static object Default(string type) => type switch
    {
        "long" => 0L,
        "double" => 0.0,
        "bool" => false,
        _ => Size.Uniform(1, type.Count(character => character == ',') + 1),
    };
}

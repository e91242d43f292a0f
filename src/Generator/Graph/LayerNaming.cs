using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>
/// Names the layers: the spec's name, or the kind's stem with its number among the layers of that stem, so that a layer added behind
/// another never renames it. conv1, bn1, relu1, pool1, conv2, …
/// </summary>
internal sealed class LayerNaming(string className, ICollection<Finding> findings)
{
    /// <summary>Members that every generated class has, or inherits under a name in PascalCase; a test compares them with the compiler's list.</summary>
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "InputShape", "OutputShape", "ParameterCount", "MultiplyAdds", "Summary",
        "Options", "Data", "Batch", "Trainer", "Run", "Train", "Evaluate", "Predict", "Create",
        "Dispose", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
        "ClearModules", "ConditionallyRegisterBuffer", "ConditionallyRegisterParameter", "GetDefaultDeviceAndType", "GetName", "HookRemover", "HType",
        "RegisterComponents", "ReplaceBuffer", "ReplaceParameter",
    };

    private readonly Dictionary<string, int> _count = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _members = new(StringComparer.Ordinal);
    private readonly List<(LayerKind Kind, LayerName Name)> _named = [];

    /// <summary>The layers named so far whose properties can stand beside each other.</summary>
    public IReadOnlyList<(LayerKind Kind, LayerName Name)> Named => _named;

    public LayerName Next(int index, LayerKind kind, string? given)
    {
        // A named layer counts too: naming the first convolution does not rename the second.
        _count.TryGetValue(kind.Stem, out var number);
        _count[kind.Stem] = ++number;
        var name = LayerName.Of(kind.Stem + number.ToString(CultureInfo.InvariantCulture));
        if (given is not null && Objection(given) is { } objection)
            findings.Add(Misnamed(Rules.InvalidName, index, SpecValue.Shorten(given), objection, Valid(given)));
        else if (given is not null)
            name = LayerName.Of(given);

        if (name.Member == className)
        {
            findings.Add(Finding.Of(Rules.InvalidName, SourceMap.Layer(index) + ".name", name.Key, "its property would have the name of its class"));
        }
        else if (_members.TryGetValue(name.Member, out var earlier))
        {
            findings.Add(Misnamed(Rules.DuplicateName, index, name.Key, (earlier + 1).ToString(CultureInfo.InvariantCulture), name.Key + "_2", given is null ? "name this layer" : "write"));
        }
        else
        {
            _members.Add(name.Member, index);
            _named.Add((kind, name));
        }

        return name;
    }

    /// <summary>Why the class can't have its name, or null when it can.</summary>
    public static string? ObjectionToClass(string name) => name switch
    {
        // Inside of such a class every 'var' would be the class.
        "var" => "'var' is a word of C#",
        _ => name == "forward" || Members.Contains(name) ? $"'{name}' is a member of every generated class" : null,
    };

    private static Finding Misnamed(Rule rule, int index, string name, string why, string other, string verb = "write") =>
        Finding.Of(rule, SourceMap.Layer(index) + "." + LayerKind.LayerName.Name, name, why)
            .WithFixes([Fix.Of($"{verb} '{other}'", new SetLayerSetting(index, LayerKind.LayerName.Name, SpecValue.Of(other)))]);

    /// <summary>The name with underscores for everything that a name can't have; the checker tries whether it will do.</summary>
    private static string Valid(string given)
    {
        var letters = given.Take(50).Select(character => LayerName.IsValid("x" + character) ? character : '_');
        return string.Concat(given.Length > 0 && char.IsDigit(given[0]) ? letters.Prepend('n') : letters);
    }

    private static string? Objection(string given)
    {
        if (!LayerName.IsValid(given))
            return "a name is a letter and then letters, digits or underscores, at most 100";
        var member = LayerName.Of(given).Member;
        return Members.Contains(member) ? $"'{member}' is a member of every generated class" : null;
    }
}

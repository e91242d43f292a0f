using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>Reads the inputs of a network: a name, the sizes of one sample, and what kind of numbers they are.</summary>
internal static class NetworkInputs
{
    public static readonly Parameter<IReadOnlyList<long>> Shape = Parameter.Integers(ModelSpec.InputShape, "The sizes of one sample without the batch", 1);
    public static readonly Parameter<string> Type = Parameter.Choice(
        ModelSpec.InputType, "The kind of its numbers: int64 for indices such as those of words", ["float32", "int64"], "float32");

    /// <summary>TorchSharp has a base class for modules of so many inputs.</summary>
    public const int Most = 6;

    /// <summary>What an input that is more than a list of sizes can set.</summary>
    public static IReadOnlyList<Parameter> Settings { get; } = [Shape, Type];

    /// <summary>Empty when there are none, or anything is wrong with one.</summary>
    public static IReadOnlyList<GraphInput> Read(ModelSpec spec, List<Finding> findings)
    {
        const string Expected = "the sizes of one sample without the batch, one to eight whole numbers of at least 1, such as [3, 28, 28]";
        if (spec.Inputs.Count == 0 && spec.IsSound)
            findings.Add(Finding.Of(Rules.MissingProperty, "", "The spec", "input", Expected));
        if (spec.Inputs.Count > Most)
        {
            findings.Add(Finding.Of(Rules.SpecTooLarge, "inputs", Amount.Of(spec.Inputs.Count, "inputs"), Amount.Of(Most, "inputs")));
            return [];
        }

        var inputs = new List<GraphInput>();
        foreach (var section in spec.Inputs)
        {
            var path = PathOf(spec, section);
            if (!section.IsReadable)
                continue;
            if (!SpecNames.IsValid(section.Keyword))
                findings.Add(Finding.Of(
                    Rules.InvalidName, SourceMap.KeyOf(path), SpecValue.Shorten(section.Keyword),
                    SpecNames.Form));
            else if (inputs.Any(input => input.Name == section.Keyword))
                findings.Add(Finding.Of(Rules.SetTwice, SourceMap.AgainOf(SourceMap.KeyOf(path)), section.Keyword, "inputs"));
            else if (Read(section, path, Expected, findings) is { } shape)
                inputs.Add(new GraphInput(section.Keyword, shape));
        }

        return inputs.Count == spec.Inputs.Count ? inputs : [];
    }

    private static TensorShape? Read(SectionSpec section, string path, string expected, List<Finding> findings)
    {
        if (section.Find(Shape.Name) is { } sizes && sizes.Kind != SpecValueKind.Unreadable)
        {
            if (sizes.Kind != SpecValueKind.List || sizes.Items.Count is < 1 or > 8 || sizes.Items.Any(item => item.Kind != SpecValueKind.Integer))
                return Refuse(Rules.WrongType, sizes);
            if (sizes.Items.Any(item => item.Integer is < 1 or > int.MaxValue))
                return Refuse(Rules.OutOfRange, sizes);
        }

        return SettingsBinder.Bind(section, section.Keyword, path, Settings, findings) is { } settings
            ? new TensorShape(EquatableArray<long>.Of(settings.Get(Shape)), settings.Get(Type) == "int64")
            : null;

        TensorShape? Refuse(Rule rule, SpecValue sizes)
        {
            findings.Add(Finding.Of(rule, path + "." + Shape.Name, section.Keyword, "the model", sizes.ToString(), expected));
            return null;
        }
    }

    /// <summary>The names of inputs of which something is wrong, as far as they can stand beside each other.</summary>
    public static string[] Likely(ModelSpec spec)
    {
        var names = spec.Inputs.Select(input => input.Keyword).Where(SpecNames.IsValid).Distinct().ToArray();
        return names.Length == 0 ? [ModelSpec.OnlyInput] : names;
    }

    /// <summary>Where an input stands: <c>input</c> for one alone, <c>inputs.tokens</c> for one of several.</summary>
    public static string PathOf(ModelSpec spec, SectionSpec input) =>
        spec.Inputs.Count == 1 && input.Keyword == ModelSpec.OnlyInput ? ModelSpec.OnlyInput : "inputs." + input.Keyword;
}

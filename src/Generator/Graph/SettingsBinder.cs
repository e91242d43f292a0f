using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>Turns what the user wrote in a section into typed settings, and finds what is unknown, missing, double or out of range.</summary>
internal static class SettingsBinder
{
    /// <summary>The name that a layer's section gives, also when other settings of it are wrong; null when it gives none.</summary>
    public static string? NameOf(SectionSpec section) =>
        section.Find(LayerKind.LayerName.Name) is { } name ? (string?)LayerKind.LayerName.Read(name) : null;

    /// <summary>Null when anything is wrong with the section; each mistake is one finding.</summary>
    /// <param name="section">The section as written.</param>
    /// <param name="what">What a message calls it: "conv2d".</param>
    /// <param name="path">Its path in the source map.</param>
    /// <param name="parameters">What it can set.</param>
    /// <param name="findings">Receives the mistakes.</param>
    /// <param name="bindings">In a block its parameters, of which a text may be an expression; otherwise null.</param>
    public static Settings? Bind(
        SectionSpec section, string what, string path, IReadOnlyList<Parameter> parameters, ICollection<Finding> findings, Bindings? bindings = null)
    {
        var settings = new Settings(section.Settings.Count);
        var before = findings.Count;
        var isReadable = IsReadable(section);
        foreach (var setting in section.Settings)
        {
            if (setting.Value.Kind == SpecValueKind.Unreadable)
                continue;
            if (Parameter.Find(setting.Name, parameters) is not { } parameter)
                findings.Add(Finding.Of(
                    Rules.UnknownProperty, SourceMap.KeyOf(Place(path, setting)), what, SpecValue.Shorten(setting.Name), Meant(setting.Name, parameters)));
            else if (settings.Has(parameter))
                findings.Add(Finding.Of(Rules.SetTwice, SourceMap.AgainOf(Place(path, setting)), setting.Name, what));
            else if (Evaluated(parameter, setting, path, bindings, findings) is not { } written)
                continue;
            else if (written.Kind == SpecValueKind.Unreadable)
                isReadable = false;
            else if (parameter.Read(written) is { } value)
                settings.Set(parameter, value);
            else
                findings.Add(Misfit(parameter, written, written.ToString() + Derived(setting.Value, written, bindings), Place(path, setting), what));
        }

        for (var i = 0; i < parameters.Count; i++)
        {
            if (isReadable && parameters[i].IsRequired && !settings.Has(parameters[i]) && !IsMeant(parameters[i], section, parameters))
                findings.Add(Finding.Of(Rules.MissingProperty, path, what, parameters[i].Name, parameters[i].Expected));
        }

        return isReadable && findings.Count == before ? settings : null;
    }

    private static bool IsReadable(SectionSpec section)
    {
        foreach (var setting in section.Settings)
        {
            if (setting.Value.Kind == SpecValueKind.Unreadable)
                return false;
        }

        return true;
    }

    /// <summary>The value, or what an expression in its place gives; null when it gives nothing, which is then said.</summary>
    private static SpecValue? Evaluated(Parameter parameter, SettingSpec setting, string path, Bindings? bindings, ICollection<Finding> findings)
    {
        // A word that the parameter takes is that word.
        if (bindings is null || !parameter.TakesExpressions || parameter.Read(setting.Value) is not null)
            return setting.Value;
        if (bindings.Evaluate(setting.Value, out var objection) is { } value)
            return parameter.Type is ParameterType.Integer or ParameterType.Size && IsWhole(value) ? SpecValue.Of((long)value.Real) : value;
        findings.Add(Finding.Of(Rules.WrongExpression, Place(path, setting), setting.Value.ToString(), objection!));
        return null;
    }

    // As in JSON, where a setting that takes whole numbers takes 16.0: half of 32 channels is 16, by 0.5 as by 2.
    private static bool IsWhole(SpecValue value) =>
        value.Kind == SpecValueKind.Real && value.Real == Math.Floor(value.Real) && Math.Abs(value.Real) < long.MaxValue;

    /// <summary>Behind a value that an expression gave: the expression, and what it made it of.</summary>
    private static string Derived(SpecValue written, SpecValue value, Bindings? bindings)
    {
        if (written.Kind != SpecValueKind.Text || value.Kind == SpecValueKind.Text || bindings is null)
            return "";
        var words = new string([.. written.Text.Select(character => char.IsLetterOrDigit(character) || character == '_' ? character : ' ')]).Split(' ');
        var parts = bindings.Names.Where(words.Contains).Select(name => $"{name} is {bindings.Find(name)}").ToArray();
        return words.Length == 1 || parts.Length == 0
            ? $" ({written})"
            : $" ({written}, where {Listing.Of(parts)})";
    }

    private static Finding Misfit(Parameter parameter, SpecValue value, string shown, string place, string what) => parameter switch
    {
        _ when !parameter.HasType(value) => Finding.Of(Rules.WrongType, place, parameter.Name, what, shown, parameter.Expected),
        _ when value.Kind == SpecValueKind.Text && parameter.Choices.Length > 0 => Finding.Of(
            Rules.UnknownValue, place, parameter.Name, what, shown, parameter.Expected, Suggestion.Words(Synonyms.FindChoice(value.Text, parameter.Choices))),
        _ => Finding.Of(Rules.OutOfRange, place, parameter.Name, what, shown, parameter.ExpectedFor(value)),
    };

    /// <summary>The end of a message: what it is called here, or the name that was most likely meant, or else all that there are.</summary>
    private static string Meant(string written, IReadOnlyList<Parameter> parameters) =>
        Synonyms.FindSetting(written, parameters) is { } called ? $": it is called '{called}' here."
        : Means(written, parameters) is null && Synonyms.FindElsewhere(written) is { } elsewhere ? $": {elsewhere}."
        : Means(written, parameters) is null ? $"; it has {string.Join(", ", NamesOf(parameters).Select(name => $"'{name}'"))}."
        : Suggestion.For(written, NamesOf(parameters));

    /// <summary>
    /// Whether a setting that is wrong stands for the parameter: a value that does not fit, or a name nearest to it or near to none, is one
    /// mistake and not also a missing one.
    /// </summary>
    private static bool IsMeant(Parameter parameter, SectionSpec section, IReadOnlyList<Parameter> parameters) =>
        section.Settings.Any(setting => Means(setting.Name, parameters) is not { } meant || meant == parameter.Name);

    private static string Place(string path, SettingSpec setting) => path + "." + setting.Name;

    private static string? Means(string written, IReadOnlyList<Parameter> parameters) =>
        Synonyms.FindSetting(written, parameters) ?? Suggestion.Nearest(written, NamesOf(parameters));

    private static IEnumerable<string> NamesOf(IReadOnlyList<Parameter> parameters) => parameters.Select(parameter => parameter.Name);
}

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
                findings.Add(Misfit(parameter, written, Place(path, setting), what));
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
            return value;
        findings.Add(Finding.Of(Rules.WrongExpression, Place(path, setting), setting.Value.ToString(), objection!));
        return null;
    }

    private static Finding Misfit(Parameter parameter, SpecValue value, string place, string what) => parameter switch
    {
        _ when !parameter.HasType(value) => Finding.Of(Rules.WrongType, place, parameter.Name, what, value.ToString(), parameter.Expected),
        _ when value.Kind == SpecValueKind.Text && parameter.Choices.Length > 0 => Finding.Of(
            Rules.UnknownValue, place, parameter.Name, what, value.ToString(), parameter.Expected, Suggestion.For(value.Text, parameter.Choices)),
        _ => Finding.Of(Rules.OutOfRange, place, parameter.Name, what, value.ToString(), parameter.ExpectedFor(value)),
    };

    /// <summary>The end of a message: what it is called here, or the name that was most likely meant, or else all that there are.</summary>
    private static string Meant(string written, IReadOnlyList<Parameter> parameters) =>
        Synonyms.FindSetting(written, parameters) is { } called ? $": it is called '{called}' here."
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

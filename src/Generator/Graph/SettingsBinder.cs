using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>Turns what the user wrote in a section into typed settings, and finds what is unknown, missing, double or out of range.</summary>
internal static class SettingsBinder
{
    /// <summary>The name that every layer can have beside its parameters.</summary>
    public static readonly Parameter<string> LayerName = Parameter.Text("name", "The layer's name in the state_dict; its property is the same in PascalCase. Default: the kind's stem with a number");

    /// <summary>The name that a layer's section gives, also when other settings of it are wrong; null when it gives none.</summary>
    public static string? NameOf(SectionSpec section)
    {
        var given = section.Settings.FirstOrDefault(setting => setting.Name == LayerName.Name);
        return given is null ? null : (string?)LayerName.Read(given.Value);
    }

    /// <summary>Null when anything is wrong with the section; each mistake is one finding.</summary>
    /// <param name="section">The section as written.</param>
    /// <param name="what">What a message calls it: "conv2d".</param>
    /// <param name="path">Its path in the source map.</param>
    /// <param name="parameters">What it can set.</param>
    /// <param name="findings">Receives the mistakes.</param>
    public static Settings? Bind(SectionSpec section, string what, string path, IReadOnlyList<Parameter> parameters, ICollection<Finding> findings)
    {
        var settings = new Settings();
        var before = findings.Count;
        var isReadable = section.Settings.All(setting => setting.Value.Kind != SpecValueKind.Unreadable);
        foreach (var setting in section.Settings)
        {
            if (setting.Value.Kind == SpecValueKind.Unreadable)
                continue;
            var place = path + "." + setting.Name;
            if (parameters.FirstOrDefault(parameter => parameter.Name == setting.Name) is not { } parameter)
                findings.Add(Finding.Of(
                    Rules.UnknownProperty, SourceMap.KeyOf(place), what, SpecValue.Shorten(setting.Name), Suggestion.For(setting.Name, NamesOf(parameters))));
            else if (settings.Has(parameter))
                findings.Add(Finding.Of(Rules.SetTwice, SourceMap.AgainOf(place), setting.Name, what));
            else if (parameter.Read(setting.Value) is { } value)
                settings.Set(parameter, value);
            else
                findings.Add(Finding.Of(Rules.WrongValue, place, setting.Name, what, setting.Value.ToString(), parameter.Expected));
        }

        foreach (var parameter in parameters)
        {
            // A value that does not fit, or a mistyped name, is one mistake and not also a missing one; what can't be read may be it.
            if (isReadable && parameter.IsRequired && !section.Settings.Any(setting => Means(setting.Name, parameters) == parameter.Name))
                findings.Add(Finding.Of(Rules.MissingProperty, path, what, parameter.Name, parameter.Expected));
        }

        return isReadable && findings.Count == before ? settings : null;
    }

    private static string? Means(string written, IReadOnlyList<Parameter> parameters) => Suggestion.Nearest(written, NamesOf(parameters));

    private static IEnumerable<string> NamesOf(IReadOnlyList<Parameter> parameters) => parameters.Select(parameter => parameter.Name);
}

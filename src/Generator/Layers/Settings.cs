using System.Collections.Generic;
using System.Globalization;

namespace ModelGen.Layers;

/// <summary>The checked values of one layer's (or section's) parameters: those the spec sets, and the defaults of the rest.</summary>
internal sealed class Settings
{
    private readonly Dictionary<Parameter, object> _values = [];

    public void Set(Parameter parameter, object value) => _values[parameter] = value;

    public bool Has(Parameter parameter) => _values.ContainsKey(parameter);

    public T Get<T>(Parameter<T> parameter) => _values.TryGetValue(parameter, out var value) ? (T)value : parameter.Value;

    /// <summary>For people: each parameter that the spec sets, as <c>kernel_size 5, padding 2</c>, in the catalogue's order.</summary>
    public string Describe(IEnumerable<Parameter> parameters)
    {
        var parts = new List<string>();
        foreach (var parameter in parameters)
        {
            if (_values.TryGetValue(parameter, out var value))
                parts.Add(parameter.Name + " " + Text(value));
        }

        return string.Join(", ", parts);
    }

    private static string Text(object value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

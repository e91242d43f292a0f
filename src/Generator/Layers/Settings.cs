using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ModelGen.Collections;

namespace ModelGen.Layers;

/// <summary>The checked values of one layer's (or section's) parameters: those the spec sets, and the defaults of the rest.</summary>
/// <param name="count">How many the spec sets, about.</param>
internal sealed class Settings(int count = 0)
{
    // A handful at most: looking through them is faster than hashing, and most layers have none.
    private (Parameter Parameter, object Value)[] _values = count == 0 ? [] : new (Parameter, object)[count];
    private int _count;

    /// <summary>Settings with one value.</summary>
    public static Settings Of(Parameter parameter, object value)
    {
        var settings = new Settings(1);
        settings.Set(parameter, value);
        return settings;
    }

    /// <summary>The value of the parameter of that name; null when the spec does not set it.</summary>
    public object? Find(string name)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_values[i].Parameter.Name == name)
                return _values[i].Value;
        }

        return null;
    }

    public void Set(Parameter parameter, object value)
    {
        if (_count == _values.Length)
            Array.Resize(ref _values, _count + 1);
        _values[_count++] = (parameter, value);
    }

    /// <summary>The settings with another value of a parameter, or without one where it is null.</summary>
    public Settings With(Parameter parameter, object? value)
    {
        var settings = new Settings(_count + 1);
        for (var i = 0; i < _count; i++)
        {
            if (!ReferenceEquals(_values[i].Parameter, parameter))
                settings.Set(_values[i].Parameter, _values[i].Value);
        }

        if (value is not null)
            settings.Set(parameter, value);
        return settings;
    }

    public bool Has(Parameter parameter) => Find(parameter) is not null;

    public T Get<T>(Parameter<T> parameter) => Find(parameter) is { } value ? (T)value : parameter.Value;

    /// <summary>For people: each parameter that the spec sets, as <c>kernel_size 5, padding 2</c>, in the catalogue's order.</summary>
    public string Describe(IReadOnlyList<Parameter> parameters)
    {
        if (_count == 0)
            return "";
        var text = TextBuffer.Take();
        Describe(parameters, text);
        return TextBuffer.Complete(text);
    }

    /// <summary>The same at the end of a text, behind a comma where it goes on with what stands from <paramref name="start"/> on.</summary>
    public void Describe(IReadOnlyList<Parameter> parameters, StringBuilder text, int start = 0, IReadOnlyList<string>? without = null)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (Find(parameters[i]) is { } value && without?.Contains(parameters[i].Name) != true)
                text.Append(text.Length == start ? "" : ", ").Append(parameters[i].Name).Append(' ').Append(Text(value));
        }
    }

    private object? Find(Parameter parameter)
    {
        for (var i = 0; i < _count; i++)
        {
            if (ReferenceEquals(_values[i].Parameter, parameter))
                return _values[i].Value;
        }

        return null;
    }

    private static string Text(object value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        Size size when size == SizeParameter.Same => "same",
        IReadOnlyList<ModelGen.Specs.SpecValue> values => $"({string.Join(", ", values)})",
        IReadOnlyList<string> names => string.Join(" and ", names),
        IReadOnlyList<long> numbers => $"[{string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]",
        IReadOnlyList<double> numbers => $"[{string.Join(", ", numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}]",
        _ => value.ToString(),
    };
}

using System.Collections.Generic;

namespace ModelGen.Layers;

/// <summary>An argument of a call that builds a module. A block's uses differ in some of them; those become the block's own.</summary>
/// <param name="Name">The parameter's name, in TorchSharp's spelling.</param>
/// <param name="Value">A <see cref="long"/>, <see cref="bool"/>, <see cref="double"/> or <see cref="Layers.Size"/>; a <see cref="string"/> is C# as it is.</param>
/// <param name="IsPositional">Whether it is written without its name.</param>
/// <param name="IsDefault">Whether it says what would be so without it.</param>
internal readonly record struct Argument(string Name, object Value, bool IsPositional = false, bool IsDefault = false)
{
    public static Argument Of(string name, long value) => new(name, value, IsPositional: true);

    public static Argument Of(string name, Size value) => new(name, value, IsPositional: true);

    public static Argument Of(string name, double value, bool isDefault = false) => new(name, value, IsPositional: true, isDefault);

    public static Argument Named<T>(string name, T value, T fallback)
        where T : notnull => new(name, value, IsDefault: EqualityComparer<T>.Default.Equals(value, fallback));

    /// <summary>The value of a parameter that has TorchSharp's default.</summary>
    public static Argument Named<T>(string name, Parameter<T> parameter, Settings settings)
        where T : notnull => settings.Has(parameter) ? Named(name, settings.Get(parameter), parameter.Value) : new(name, parameter.Default, IsDefault: true);
}

using System;
using System.Linq;
using ModelGen.Collections;

namespace ModelGen.Specs;

/// <summary>A setting by its PyTorch name and the value as written.</summary>
internal sealed record SettingSpec(string Name, SpecValue Value);

/// <summary>A layer, the training or the data source: a keyword and its settings.</summary>
internal sealed record SectionSpec(string Keyword, EquatableArray<SettingSpec> Settings)
{
    /// <summary>
    /// The settings in the order of their names: a spec in which they only changed places is the same. Of two with one name the first written
    /// stands first.
    /// </summary>
    public EquatableArray<SettingSpec> Settings { get; } = Settings.Count < 2
        ? Settings
        : EquatableArray<SettingSpec>.Of(Settings.OrderBy(setting => setting.Name, StringComparer.Ordinal));

    /// <summary>Stands for a section that its reader could not understand and has reported; it keeps the places of the others.</summary>
    public static readonly SectionSpec Unreadable = new("", default) { IsReadable = false };

    public static SectionSpec Of(string keyword, params SettingSpec[] settings) => new(keyword, EquatableArray<SettingSpec>.Of(settings));

    public bool IsReadable { get; private init; } = true;

    /// <summary>The section with <paramref name="name"/> set to a value, or without it when the value is null.</summary>
    public SectionSpec With(string name, SpecValue? value)
    {
        var others = Settings.Where(setting => setting.Name != name);
        return new SectionSpec(Keyword, EquatableArray<SettingSpec>.Of(value is null ? others : others.Append(new SettingSpec(name, value))));
    }
}

/// <summary>A type around the class: <c>class</c>, <c>struct</c>, <c>record</c> and so on, and its name.</summary>
internal sealed record TypeHead(string Keyword, string Name);

/// <summary>
/// A network as the user declared it. Both readers give this record and nothing after them knows which one did. Spans are kept
/// apart (<see cref="SourceMap"/>), so a spec that only moved is equal to what it was, and nothing is emitted again.
/// </summary>
/// <param name="SourceName">The file that declares it, without its folder: the generated header names it.</param>
/// <param name="Namespace">The namespace of the class, empty for the global one.</param>
/// <param name="Containers">The types around the class, the outermost first: <c>class Outer</c>.</param>
/// <param name="Name">The name of the class.</param>
/// <param name="Accessibility"><c>public</c>, <c>internal</c> or, for a class inside another type, any other.</param>
/// <param name="Input">The input's sizes without the batch: <c>[C, H, W]</c>; null when the spec has none.</param>
/// <param name="Layers">The layers in the order in which data flows.</param>
/// <param name="Training">The training section, or null for a module alone.</param>
/// <param name="Data">The data source, or null for a module alone.</param>
/// <param name="Budget">The most that the network may cost, or null.</param>
/// <param name="IsSound">Whether its reader found no mistake; the rest of an unsound spec is still checked, and an outline is written from it.</param>
/// <param name="IsWritable">Whether parts of the class can be written at all; not when the class itself is at fault.</param>
internal sealed record ModelSpec(
    string SourceName,
    string Namespace,
    EquatableArray<TypeHead> Containers,
    string Name,
    string Accessibility,
    SpecValue? Input,
    EquatableArray<SectionSpec> Layers,
    SectionSpec? Training,
    SectionSpec? Data,
    SectionSpec? Budget,
    bool IsSound,
    bool IsWritable)
{
    public string FullName => string.Join(".", new[] { Namespace }.Concat(Containers.Select(type => type.Name)).Append(Name).Where(part => part.Length > 0));
}

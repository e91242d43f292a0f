using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;

namespace ModelGen.Specs;

/// <summary>A setting by its PyTorch name and the value as written.</summary>
internal sealed record SettingSpec(string Name, SpecValue Value);

/// <summary>A layer, the training or the data source: a keyword and its settings.</summary>
internal sealed record SectionSpec(string Keyword, EquatableArray<SettingSpec> Settings)
{
    // So many settings are put in order one by one; a sort has arrays of its own.
    private const int Handful = 16;

    /// <summary>
    /// The settings in the order of their names: a spec in which they only changed places is the same. Of two with one name the first written
    /// stands first.
    /// </summary>
    public EquatableArray<SettingSpec> Settings { get; } = InOrder(Settings);

    /// <summary>Stands for a section that its reader could not understand and has reported; it keeps the places of the others.</summary>
    public static readonly SectionSpec Unreadable = new("", default) { IsReadable = false };

    public static SectionSpec Of(string keyword, params SettingSpec[] settings) => new(keyword, EquatableArray<SettingSpec>.Of(settings));

    public bool IsReadable { get; private init; } = true;

    /// <summary>What stands for the setting of that name; null when nothing does.</summary>
    public SpecValue? Find(string name)
    {
        foreach (var setting in Settings)
        {
            if (setting.Name == name)
                return setting.Value;
        }

        return null;
    }

    private static EquatableArray<SettingSpec> InOrder(EquatableArray<SettingSpec> settings)
    {
        var isInOrder = true;
        for (var i = 1; i < settings.Count; i++)
            isInOrder &= string.CompareOrdinal(settings[i - 1].Name, settings[i].Name) <= 0;
        if (isInOrder)
            return settings;
        if (settings.Count > Handful)
            return EquatableArray<SettingSpec>.Of(settings.OrderBy(setting => setting.Name, StringComparer.Ordinal));

        var sorted = new SettingSpec[settings.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            var at = i;
            for (; at > 0 && string.CompareOrdinal(sorted[at - 1].Name, settings[i].Name) > 0; at--)
                sorted[at] = sorted[at - 1];
            sorted[at] = settings[i];
        }

        return EquatableArray<SettingSpec>.Owning(sorted);
    }

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
/// <param name="Inputs">The inputs in the order of <c>forward</c>, each by its name with its shape and type; empty when the spec has none.</param>
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
    EquatableArray<SectionSpec> Inputs,
    EquatableArray<SectionSpec> Layers,
    SectionSpec? Training,
    SectionSpec? Data,
    SectionSpec? Budget,
    bool IsSound,
    bool IsWritable)
{
    /// <summary>The name of an input that stands alone.</summary>
    public const string OnlyInput = "input";

    /// <summary>The setting of an input that holds its sizes.</summary>
    public const string InputShape = "shape";

    /// <summary>The setting of an input that holds the kind of its numbers.</summary>
    public const string InputType = "type";

    /// <summary>The blocks that its layers use, by name.</summary>
    public EquatableArray<BlockSpec> Blocks { get; init; }

    /// <summary>The names of blocks that its reader found wrong, and said so: what uses them is not wrong once more.</summary>
    public EquatableArray<string> RefusedBlocks { get; init; }

    /// <summary>The names of the layers whose outputs the network gives; null for the last one's.</summary>
    public SpecValue? Outputs { get; init; }

    /// <summary>How it is to be compiled, or null.</summary>
    public SectionSpec? Compile { get; init; }

    public string FullName
    {
        get
        {
            var name = TextBuffer.Take();
            if (Namespace.Length > 0)
                name.Append(Namespace).Append('.');
            foreach (var container in Containers)
                name.Append(container.Name).Append('.');
            return TextBuffer.Complete(name.Append(Name));
        }
    }

    /// <summary>The layers of the network itself, or of a block.</summary>
    /// <param name="list"><c>layers</c> or <c>blocks.Cell.layers</c>.</param>
    public EquatableArray<SectionSpec> LayersOf(string list) => list == LayerLists.Root ? Layers : Blocks.First(block => BlockSpec.ListOf(block.Name) == list).Layers;

    /// <summary>The spec with another list of layers at <paramref name="list"/>: <c>layers</c>, <c>blocks.Cell.layers</c> or <c>layers[2].branches[0]</c>.</summary>
    public ModelSpec WithLayers(string list, Func<EquatableArray<SectionSpec>, IEnumerable<SectionSpec>> change)
    {
        if (!list.StartsWith(BlockSpec.Root, StringComparison.Ordinal))
            return this with { Layers = LayerLists.Change(Layers, list, LayerLists.Root.Length, change) };
        var end = list.IndexOf('.', BlockSpec.Root.Length);
        var name = list.Substring(BlockSpec.Root.Length, end - BlockSpec.Root.Length);
        return this with
        {
            Blocks = EquatableArray<BlockSpec>.Of(Blocks.Select(block => block.Name != name
                ? block
                : block with { Layers = LayerLists.Change(block.Layers, list, end + 1 + LayerLists.Root.Length, change) })),
        };
    }
}

/// <summary>A block: a part of a network that layers use by its name, as often as they like.</summary>
/// <param name="Name">Its name, and that of the class it becomes.</param>
/// <param name="Parameters">What a use can set, each with its default; a parameter without one has the value null.</param>
/// <param name="Inputs">The names of its inputs.</param>
/// <param name="IsNumbered">Whether its layers' keys are 0, 1, 2, … as PyTorch's Sequential has them.</param>
/// <param name="Layers">Its layers.</param>
internal sealed record BlockSpec(
    string Name,
    EquatableArray<BlockParameter> Parameters,
    EquatableArray<string> Inputs,
    bool IsNumbered,
    EquatableArray<SectionSpec> Layers)
{
    /// <summary>What the path of every block begins with.</summary>
    public const string Root = "blocks.";

    /// <summary>The setting of repeated blocks that has what the first of them has otherwise.</summary>
    public const string First = "first";

    /// <summary>The word for a first block that has nothing otherwise.</summary>
    public const string NoFirst = "none";

    /// <summary>The path of a block in the source map.</summary>
    public static string Path(string name) => Root + name;

    /// <summary>The path of a block's layers.</summary>
    public static string ListOf(string name) => $"{Path(name)}.{LayerLists.Root}";

    /// <summary>The block that holds the layer at <paramref name="path"/>; null for what stands in no block.</summary>
    public static string? NameIn(string path)
    {
        if (!path.StartsWith(Root, StringComparison.Ordinal))
            return null;
        var end = path.IndexOf($".{LayerLists.Root}[", StringComparison.Ordinal);
        return end < 0 ? null : path.Substring(Root.Length, end - Root.Length);
    }
}

/// <summary>A parameter of a block, with the value that it has where a use sets none; null when each use must set it.</summary>
internal sealed record BlockParameter(string Name, SpecValue? Default)
{
    /// <summary>The path of a default in the source map.</summary>
    public static string DefaultPath(string block, string name) => $"{BlockSpec.Path(block)}.parameters.{name}";
}

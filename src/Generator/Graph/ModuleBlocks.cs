using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>The uses of blocks among the layers of a module: one, several one behind the other, or a list with a name.</summary>
internal sealed partial class ModuleReader
{
    private void ReadBlock(BlockSpec block, SectionSpec section, LayerPlace place)
    {
        var use = BlockUse.Read(block, section, place, _bindings, _network);
        var given = SettingsBinder.NameOf(section);
        var isFromFound = TakeFrom(use?.Settings, block.Name, given, place);
        var operands = use is null ? null : Find(use.With, block.Name, given, place.Path + "." + BlockUse.Operands.Name);
        if (use is null || !isFromFound || operands is null)
        {
            AddUnknown(NameOf(block, place, given));
            return;
        }

        var isThere = use.IsThere && !_isBypassing;
        if (use.IsList)
        {
            AppendList(block, use, given, place, isThere);
            return;
        }

        var isWrong = false;
        for (var i = 0; i < use.Times && (i == 0 || _network.CountLayer()); i++)
        {
            var name = NameOf(block, place, use.Times == 1 ? given : null, isThere);
            if (!isThere)
                Bypass(name, operands, place);
            else if (!isWrong && use.ArgumentsOf(i) is { } arguments)
                AddModule(name, place, [Current, .. operands], Instantiate(block, arguments, name.Key, [Current, .. operands], place));
            else
                AddUnknown(name);
            // An expression without a value is said of the first that has none.
            isWrong = ShapeOf(Current) is null;
        }
    }

    private void AppendList(BlockSpec block, BlockUse use, string? given, LayerPlace place, bool isThere)
    {
        var name = _naming.Next(SpecNames.ToSnakeCase(block.Name), place, given, isThere, block, static (block, _) => block.Name, LayerOutline.Repeat);
        if (!isThere)
        {
            Bypass(name, [], place);
            return;
        }

        var (start, modules) = (Current, new List<ModuleGraph>());
        var shape = ShapeOf(Current);
        // Where the input is unknown the block is still read once.
        for (var i = 0; i == 0 || (i < use.Times && shape is not null && _network.CountLayer()); i++)
        {
            var module = use.ArgumentsOf(i) is { } arguments
                ? _network.Instantiate(block, arguments, $"{_values.Prefix}{name.Key}.{use.Keys.Of(i)}.", [shape], place)
                : null;
            shape = module?.Output;
            if (module is not null)
                modules.Add(module);
        }

        if (shape is { } output)
            Add(new RepeatNode(name, place, [start], output, use.Keys, modules));
        else
            AddUnknown(name);
    }

    private LayerName NameOf(BlockSpec block, LayerPlace place, string? given, bool isThere = true) =>
        _naming.Next(SpecNames.ToSnakeCase(block.Name), place, given, isThere, block, static (block, _) => block.Name, "block");

    private ModuleGraph? Instantiate(BlockSpec block, Bindings arguments, string key, IReadOnlyList<int> sources, LayerPlace place) =>
        _network.Instantiate(block, arguments, _values.Prefix + key + ".", [.. sources.Select(ShapeOf)], place);
}

using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>A use of a block among layers: the values of its parameters, and how often it stands there.</summary>
internal sealed class BlockUse
{
    /// <summary>Inputs of the block beside what flows in.</summary>
    public static readonly Parameter<IReadOnlyList<string>> Operands =
        Parameter.Outputs("with", "The names of earlier layers, for the block's further inputs", fallbackWords: "none");

    private static readonly Parameter<long> Repeat =
        Parameter.Integer("repeat", "How often the block stands there, each behind the one before", 1, 1, max: ModelChecker.MaxLayers);
    private static readonly Parameter<SpecValue> First =
        Parameter.LayerList(BlockSpec.First, "Settings of the first of the repeated blocks, where they differ", BlockSpec.NoFirst);
    private static readonly Parameter<string> Names = Parameter.Text(
        "names", "The names of the repeated blocks with the first one's number in braces: 'layer{1}' gives layer1, layer2, …; default '{0}'");

    /// <summary>The largest number of a first block: with all those behind it, still one of 32 bits.</summary>
    private const int MostNumber = int.MaxValue - ModelChecker.MaxLayers;

    private readonly BlockSpec _block;
    private readonly LayerPlace _place;
    private readonly Bindings _bindings;
    private readonly NetworkReader _network;
    private readonly Settings? _first;
    private readonly IReadOnlyList<AnyParameter> _parameters;

    private BlockUse(
        BlockSpec block, LayerPlace place, Bindings bindings, NetworkReader network, Settings settings, Settings? first,
        IReadOnlyList<AnyParameter> parameters)
    {
        (_block, _place, _bindings, _network, Settings, _first, _parameters) = (block, place, bindings, network, settings, first, parameters);
    }

    public Settings Settings { get; }

    public IReadOnlyList<string> With => Settings.Has(Operands) ? Settings.Get(Operands) : [];

    public bool IsThere => Settings.Get(CatalogueEntry.When);

    public long Times => Settings.Get(Repeat);

    /// <summary>Whether the blocks are a list with a name, and not layers one by one.</summary>
    public bool IsList => Settings.Has(Repeat) && Settings.Has(CatalogueEntry.LayerName);

    public ListKeys Keys { get; private init; }

    /// <summary>What a use of a block can set.</summary>
    public static IReadOnlyList<Parameter> Common { get; } = [CatalogueEntry.LayerName, CatalogueEntry.From, CatalogueEntry.When, Operands, Repeat, First, Names];

    /// <summary>Null when anything is wrong with it.</summary>
    public static BlockUse? Read(BlockSpec block, SectionSpec section, LayerPlace place, Bindings? bindings, NetworkReader network)
    {
        AnyParameter[] parameters = [.. block.Parameters.Select(parameter => new AnyParameter(parameter.Name, parameter.Default))];
        var settings = network.Bind(section, block.Name, place.Path, [.. parameters, .. Common], bindings);
        if (settings is null)
            return null;
        if (Lacking(settings) is (var needed, var given, var why))
        {
            network.Report(Finding.Of(Rules.MissingProperty, SourceMap.KeyOf($"{place.Path}.{given.Name}"), block.Name, needed.Name, why));
            return null;
        }

        Settings? first = null;
        if (settings.Has(First) && settings.Get(First).Kind == SpecValueKind.Layers)
        {
            // What repeats need not be set again.
            IReadOnlyList<Parameter> optional = [.. block.Parameters.Select(parameter => new AnyParameter(parameter.Name, SpecValue.Of(0)))];
            first = settings.Get(First).Layers is { Count: 1 } layers
                ? network.Bind(layers[0], First.Name, $"{place.Path}.{First.Name}[0]", optional, bindings)
                : null;
            if (first is null)
                return null;
        }

        if (ReadKeys(settings) is not { } keys)
        {
            network.Report(Finding.Of(
                Rules.WrongType, $"{place.Path}.{Names.Name}", Names.Name, block.Name, SpecValue.Of(settings.Get(Names)).ToString(),
                "letters and then the number of the first in braces, such as 'layer{1}'"));
            return null;
        }

        var operands = settings.Has(Operands) ? settings.Get(Operands).Count : 0;
        var isMany = settings.Has(Repeat);
        if (operands != block.Inputs.Count - 1 || (isMany && operands > 0))
        {
            network.Report(Finding.Of(
                Rules.BlockInputs, $"{place.Path}.{Operands.Name}", block.Name, string.Join(", ", block.Inputs.Select(input => $"'{input}'")),
                isMany ? "a repeated block takes what flows in, and nothing else"
                : operands == 0 ? "its use has no 'with', which names the layers for those behind the first"
                : $"'with' names {operands} for those behind the first"));
            return null;
        }

        return new BlockUse(block, place, bindings ?? Bindings.None, network, settings, first, parameters) { Keys = keys };
    }

    /// <summary>The parameters of the block at <paramref name="index"/> of a repeat; null when one of them has no value, which is then said.</summary>
    public Bindings? ArgumentsOf(int index)
    {
        var bindings = _bindings.WithIndex(index);
        var values = new List<(string, SpecValue)>();
        for (var i = 0; i < _parameters.Count; i++)
        {
            var name = _parameters[i].Name;
            // A default is the block's own, and may be an expression of the parameters before it; a value is the user's.
            var (value, scope, path) = Settings.Has(_parameters[i])
                ? (Settings.Get(_parameters[i]), bindings, $"{_place.Path}.{name}")
                : (_block.Parameters[i].Default!, new Bindings(values), BlockParameter.DefaultPath(_block.Name, name));
            if (index == 0 && _first?.Find(name) is SpecValue differs)
                (value, scope, path) = (differs, bindings, $"{_place.Path}.{First.Name}[0].{name}");
            if (scope.Evaluate(value, out var objection) is not { } worked)
            {
                _network.Report(Finding.Of(Rules.WrongExpression, path, value.ToString(), objection!));
                return null;
            }

            values.Add((name, worked));
        }

        return new Bindings(values);
    }

    /// <summary>A setting without which another one would say nothing, and why; null when there is none.</summary>
    private static (Parameter Needed, Parameter Given, string Why)? Lacking(Settings settings) =>
        settings.Has(First) && !settings.Has(Repeat) ? (Repeat, First, "'first' is about the first of several")
        : settings.Has(Names) && !settings.Has(Repeat) ? (Repeat, Names, "'names' is about the blocks of a list")
        : settings.Has(Names) && !settings.Has(CatalogueEntry.LayerName)
            ? (CatalogueEntry.LayerName, Names, "'names' is about the blocks of a list, and those of a repeat are one where they have a name")
        : null;

    private static ListKeys? ReadKeys(Settings settings)
    {
        if (!settings.Has(Names))
            return default(ListKeys);
        var names = settings.Get(Names);
        var brace = names.IndexOf('{');
        return brace >= 0 && names.EndsWith("}", System.StringComparison.Ordinal) && (brace == 0 || SpecNames.IsValid(names.Substring(0, brace)))
            && int.TryParse(
                names.Substring(brace + 1, names.Length - brace - 2), System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture, out var first)
            && first <= MostNumber
            ? new ListKeys(names.Substring(0, brace), first)
            : null;
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>
/// Names the layers of a module: the spec's name, or the kind's stem with its number among the layers of that stem, so that a layer added behind
/// another never renames it. conv1, bn1, relu1, pool1, conv2, … In a numbered module the state_dict has numbers instead, as PyTorch's Sequential.
/// </summary>
/// <param name="type">The module's class.</param>
/// <param name="types">The classes inside of it, whose names its properties can't have; there may be more of them later.</param>
/// <param name="inputs">The names of its inputs: a layer with one of them could never be asked for.</param>
/// <param name="isNumbered">Whether keys are numbers.</param>
/// <param name="layers">How many layers there will be, about.</param>
/// <param name="network">Receives the mistakes.</param>
internal sealed class LayerNaming(string type, ICollection<string> types, IReadOnlyList<string> inputs, bool isNumbered, int layers, NetworkReader network)
{
    /// <summary>Members that every generated class has, or inherits under a name in PascalCase; a test compares them with the compiler's list.</summary>
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "InputShape", "OutputShape", "ParameterCount", "MultiplyAdds", "Summary", "Recipe", "Diagram", "Output",
        "Options", "Data", "Batch", "Trainer", "Run", "Train", "FindLearningRate", "Evaluate", "Predict", "Create", "OpenData",
        "Label", "Prediction", "Predictor", "ExportOnnx",
        "Dispose", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
        "ClearModules", "ConditionallyRegisterBuffer", "ConditionallyRegisterParameter", "GetDefaultDeviceAndType", "GetName", "HookRemover", "HType",
        "RegisterComponents", "ReplaceBuffer", "ReplaceParameter",
    };

    /// <summary>What a network's class in plain C# has besides.</summary>
    private static readonly HashSet<string> CSharpMembers = new(StringComparer.Ordinal)
    {
        "Layers", "Ends", "Workspace", "TrainingPass", "Parameters", "Modules", "WithoutGradient",
    };

    private readonly Dictionary<string, int> _count = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _members = new(layers, StringComparer.Ordinal);
    private readonly List<LayerOutline> _named = new(layers);
    private int _number;

    /// <summary>The layers named so far whose properties can stand beside each other.</summary>
    public IReadOnlyList<LayerOutline> Named => _named;

    /// <summary>Whether a layer can still have that name.</summary>
    public bool IsFree(string key) => !inputs.Contains(key) && !HasMember(LayerName.Of(key).Member);

    /// <summary>Whether a layer's property has that name.</summary>
    public bool HasMember(string member) => _members.ContainsKey(member);

    /// <summary>Whether every generated class has a member of that name.</summary>
    public static bool IsMember(string member) => Members.Contains(member);

    /// <param name="stem">What it is called without a name of its own.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="given">The name that the spec gives, or null.</param>
    /// <param name="isModule">Whether it has a key in the state_dict: a call without a module takes no number.</param>
    /// <param name="owner">What decides the type of its property.</param>
    /// <param name="propertyType">That type by the owner and the property's name; null when it has none. It captures nothing: there is one for each layer.</param>
    /// <param name="words">What it is, for people.</param>
    public LayerName Next<T>(string stem, LayerPlace place, string? given, bool isModule, T owner, Func<T, string, string?> propertyType, string words)
    {
        // A named layer counts too: naming the first convolution does not rename the second.
        _count.TryGetValue(stem, out var number);
        _count[stem] = ++number;
        var name = LayerName.Of(TextBuffer.Joined(stem, number.ToString(CultureInfo.InvariantCulture)));
        if (given is not null && Objection(given) is { } objection)
            network.Report(Misnamed(Rules.InvalidName, place, SpecValue.Shorten(given), objection, SpecNames.IsValid(given) ? Another(given) : Valid(given)));
        else if (given is not null)
            name = LayerName.Of(given);

        if (name.Member == type || types.Contains(name.Member))
        {
            var why = name.Member == type
                ? "its property would have the name of its class"
                : $"its property would have the name of the class '{name.Member}' inside of it";
            network.Report(Misnamed(Rules.InvalidName, place, name.Key, why, Another(name.Key), Verb(given)));
        }
        else if (_members.TryGetValue(name.Member, out var earlier))
        {
            network.Report(Misnamed(Rules.DuplicateName, place, name.Key, earlier, Another(name.Key), Verb(given)));
        }
        else
        {
            _members.Add(name.Member, Position(place));
            if (propertyType(owner, name.Member) is { } property)
                _named.Add(new LayerOutline(property, words, name));
        }

        if (isNumbered && isModule)
            name = name with { Key = given ?? (_number++).ToString(CultureInfo.InvariantCulture) };
        if (inputs.Contains(name.Key))
            network.Report(Misnamed(Rules.InvalidName, place, name.Key, "an input has it, and layers take both by their names", Another(name.Key), Verb(given)));
        return name;
    }

    /// <summary>Why a network's class can't have its name, or null when it can.</summary>
    public static string? ObjectionToNetwork(string name, Backend backend) =>
        backend == Backend.CSharp && CSharpMembers.Contains(name) ? $"'{name}' is a member of every network in plain C#" : ObjectionToClass(name, backend);

    /// <summary>Why a class can't have its name, or null when it can.</summary>
    public static string? ObjectionToClass(string name, Backend backend) => name switch
    {
        // Inside of such a class every 'var' would be the class.
        "var" => "'var' is a word of C#",
        "forward" => "'forward' is a member of every generated class",
        _ => ObjectionToMember(name, backend),
    };

    private static string? ObjectionToMember(string name, Backend backend) =>
        backend == Backend.Both && name == nameof(Backend.CSharp) ? $"'{name}' is the network in plain C#"
        : Members.Contains(name) ? $"'{name}' is a member of every generated class"
        : null;

    // A layer of the network is called by its number, as people count; one elsewhere by its path.
    private static string Position(LayerPlace place) =>
        place.List == LayerLists.Root
            ? (place.Index + 1).ToString(CultureInfo.InvariantCulture)
            : $"{(place.Index + 1).ToString(CultureInfo.InvariantCulture)} of {place.List}";

    private static string Another(string name) => name + "_2";

    private static string Verb(string? given) => given is null ? "name this layer" : "write";

    private static Finding Misnamed(Rule rule, LayerPlace place, string name, string why, string other, string verb = "write") =>
        Finding.Of(rule, place.Path + "." + CatalogueEntry.LayerName.Name, name, why)
            .WithFixes([Fix.Of($"{verb} '{other}'", new SetLayerSetting(place, CatalogueEntry.LayerName.Name, SpecValue.Of(other)))]);

    /// <summary>The name with underscores for everything that a name can't have; the checker tries whether it will do.</summary>
    private static string Valid(string given)
    {
        var letters = given.Take(50).Select(character => SpecNames.IsValid("x" + character) ? character : '_');
        return string.Concat(given.Length > 0 && char.IsDigit(given[0]) ? letters.Prepend('n') : letters);
    }

    private string? Objection(string given)
    {
        if (!SpecNames.IsValid(given))
            return SpecNames.Form;
        return ObjectionToMember(LayerName.Of(given).Member, network.Backend);
    }
}

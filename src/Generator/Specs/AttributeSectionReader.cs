using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Collections;
using ModelGen.Layers;
using ModelGen.Training;

namespace ModelGen.Specs;

/// <summary>Reads an attribute's arguments as the settings of a section, and keeps where each stands.</summary>
/// <param name="map">Receives the places in the network's file.</param>
/// <param name="tree">The network's file; null where no places are wanted.</param>
internal sealed class AttributeSectionReader(SourceMap.Builder map, SyntaxTree? tree)
{
    private readonly Dictionary<SyntaxTree, SourceMap.Builder> _elsewhere = [];

    /// <summary>Whether places are wanted.</summary>
    public bool KeepsPlaces => tree is not null;

    /// <summary>The places in other files, of blocks that stand there.</summary>
    public EquatableArray<SourceMap> Elsewhere => EquatableArray<SourceMap>.Of(_elsewhere.Values.Select(builder => builder.Build()));

    /// <summary>What an attribute sets, as the section of that keyword.</summary>
    /// <param name="keyword">The section's keyword.</param>
    /// <param name="path">Its path.</param>
    /// <param name="parameters">What it can set: an attribute may have two names for one of them, Stride and Strides.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="syntax">The attribute as it is written.</param>
    public SectionSpec Read(string keyword, string path, IReadOnlyList<Parameter> parameters, AttributeData attribute, AttributeSyntax syntax)
    {
        Keep(path, syntax);
        Keep(SourceMap.KeyOf(path), syntax.Name);
        var settings = new List<SettingSpec>();
        var constructor = attribute.AttributeConstructor;
        for (var i = 0; i < attribute.ConstructorArguments.Length; i++)
        {
            // An optional parameter that the user left out has no syntax, and is no setting.
            var name = SpecNames.ToSnakeCase(constructor!.Parameters[i].Name);
            if (ArgumentOf(syntax, constructor.Parameters[i].Name, i) is { } argument)
                Add(name, attribute.ConstructorArguments[i], argument);
        }

        foreach (var named in attribute.NamedArguments)
        {
            // Name = null is what a name is without being set.
            if (named is { Key: "Name" or "From", Value.IsNull: true })
                continue;
            var argument = syntax.ArgumentList!.Arguments.First(candidate => candidate.NameEquals?.Name.Identifier.ValueText == named.Key);
            if (SameOf(named.Key, parameters) is not { } same)
                Add(SettingName(named.Key, parameters), named.Value, argument);
            else if (named.Value.Value is true)
                AddValue(same.Name, SpecValue.Of(same.Choices[0]), argument);
        }

        return new SectionSpec(keyword, EquatableArray<SettingSpec>.Of(settings));

        void Add(string name, TypedConstant value, AttributeArgumentSyntax argument) => AddValue(name, ValueOf(value), argument);

        void AddValue(string name, SpecValue value, AttributeArgumentSyntax argument)
        {
            Keep(path + "." + name, argument.Expression);
            if (value.Kind == SpecValueKind.List)
                KeepElements(path + "." + name, argument);
            settings.Add(new SettingSpec(name, value));
        }
    }

    /// <summary>The places of a list's elements, however C# lets one write it: where it begins with an argument that is none, all from there on are.</summary>
    public void KeepElements(string path, AttributeArgumentSyntax argument)
    {
        if (tree is null)
            return;
        IEnumerable<SyntaxNode> elements = argument.Expression switch
        {
            CollectionExpressionSyntax list => list.Elements,
            ArrayCreationExpressionSyntax { Initializer: { } list } => list.Expressions,
            ImplicitArrayCreationExpressionSyntax { Initializer: var list } => list.Expressions,
            _ => ((AttributeArgumentListSyntax)argument.Parent!).Arguments
                .SkipWhile(other => other != argument)
                .Where(other => other.NameEquals is null)
                .Select(other => other.Expression),
        };
        foreach (var (element, index) in elements.Select((element, index) => (element, index)))
            Keep(new LayerPlace(path, index).Path, element);
    }

    /// <summary><c>PaddingSame = true</c> sets the size padding to its word 'same'.</summary>
    private static Parameter? SameOf(string property, IReadOnlyList<Parameter> parameters) => parameters.FirstOrDefault(parameter =>
        parameter is SizeParameter { Choices.Length: > 0 } && SpecNames.ToSnakeCase(property) == $"{parameter.Name}_{parameter.Choices[0]}");

    /// <summary><c>Strides = [2, 1]</c> sets the same as <c>Stride = 2</c>: an attribute's property has one type.</summary>
    private static string SettingName(string property, IReadOnlyList<Parameter> parameters)
    {
        var name = SpecNames.ToSnakeCase(property);
        var singular = parameters.FirstOrDefault(parameter => parameter.Type == ParameterType.Size && SpecNames.Plural(parameter.Name) == name);
        return singular?.Name ?? name;
    }

    private static AttributeArgumentSyntax? ArgumentOf(AttributeSyntax syntax, string parameter, int position)
    {
        var arguments = syntax.ArgumentList?.Arguments ?? default;
        var named = arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter);
        if (named is not null)
            return named;
        return position < arguments.Count && arguments[position] is { NameColon: null, NameEquals: null } argument ? argument : null;
    }

    public static SpecValue ValueOf(TypedConstant constant) => constant switch
    {
        { IsNull: true } => SpecValue.Other("null"),
        { Kind: TypedConstantKind.Array } => SpecValue.Of(EquatableArray<SpecValue>.Of(constant.Values.Select(ValueOf))),
        { Kind: TypedConstantKind.Enum, Type: INamedTypeSymbol type } => EnumMember(type, constant.Value),
        { Value: int number } => SpecValue.Of(number),
        { Value: long number } => SpecValue.Of(number),
        { Value: double number } => SpecValue.Of(number),
        { Value: bool flag } => SpecValue.Of(flag),
        { Value: string text } => SpecValue.Of(text),
        _ => SpecValue.Other($"a {constant.Type?.Name}"),
    };

    /// <summary>An enum's member is the spec's word in PascalCase, or as the kind itself is called, AdamW; a cast number has none and is refused as what it is.</summary>
    private static SpecValue EnumMember(INamedTypeSymbol type, object? value)
    {
        var member = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value));
        return member is null
            ? SpecValue.Other($"a {type.Name} that does not exist")
            : SpecValue.Of(TrainingCatalogue.KeywordOf(member.Name) ?? BackendKeyword.Of(member.Name) ?? SpecNames.ToSnakeCase(member.Name));
    }

    /// <summary>Keeps the place of a part of the spec, if places are wanted.</summary>
    public void Keep(string path, SyntaxNode node)
    {
        if (tree is not null)
            Keep(path, node.GetLocation());
    }

    /// <summary>The same of a place that is no node of its own.</summary>
    public void Keep(string path, Location location)
    {
        if (tree is null || location.SourceTree is not { } file)
            return;
        var places = map;
        if (file != tree && !_elsewhere.TryGetValue(file, out places))
            _elsewhere.Add(file, places = new SourceMap.Builder(file.FilePath));
        places!.Add(path, SpanOf(location));
    }

    public static SourceSpan SpanOf(Location location) => new(location.SourceSpan.Start, location.SourceSpan.Length);
}

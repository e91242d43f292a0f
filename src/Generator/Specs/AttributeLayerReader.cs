using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Training;

namespace ModelGen.Specs;

/// <summary>Reads attributes as sections of a spec: layers, and the blocks that they use, each a class with <c>[Block]</c>.</summary>
/// <param name="map">Receives the places in the network's file.</param>
/// <param name="network">The class that they declare.</param>
/// <param name="tree">The network's file; null where no places are wanted.</param>
internal sealed class AttributeLayerReader(SourceMap.Builder map, INamedTypeSymbol network, SyntaxTree? tree)
{
    // Names as they are, without the @ in front of a word of C#.
    public static readonly SymbolDisplayFormat Unescaped = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    // A list, or what has arguments of its own, is no name of a class, and looks so.
    private static readonly SymbolDisplayFormat WithArguments = Unescaped.WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters);

    private readonly Dictionary<string, BlockSpec?> _blocks = [];
    private readonly Dictionary<string, INamedTypeSymbol> _types = [];
    private readonly Queue<INamedTypeSymbol> _unread = new();
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<SyntaxTree, SourceMap.Builder> _elsewhere = [];

    /// <summary>What the reader found wrong.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The names of classes that can't be blocks, which was said.</summary>
    public HashSet<string> Refused { get; } = [];

    /// <summary>The places in other files, of blocks that stand there.</summary>
    public EquatableArray<SourceMap> Elsewhere => EquatableArray<SourceMap>.Of(_elsewhere.Values.Select(builder => builder.Build()));

    /// <summary>Whether the compiler refuses one of the attributes: what it would have been is unknown.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads the blocks that were used, and those that they use.</summary>
    public EquatableArray<BlockSpec> ReadBlocks()
    {
        // One after the other: blocks may use each other deeper than the stack is.
        while (_unread.Count > 0)
            ReadBlock(_unread.Dequeue());
        return EquatableArray<BlockSpec>.Of(_blocks.Values.Where(block => block is not null).Select(block => block!));
    }

    /// <summary>A layer of the catalogue, a block, or a module of the user's own; null for any other attribute.</summary>
    public SectionSpec? ReadLayer(AttributeData attribute, AttributeSyntax syntax, string path)
    {
        if (IsRefused(attribute))
        {
            // The compiler says what is wrong with it; what stands behind it has no shape.
            IsBroken = true;
            return SectionSpec.Unreadable;
        }

        var type = attribute.AttributeClass!;
        if (LayerCatalogue.FindAttribute(type.Name) is { } kind && !type.IsGenericType)
            return ReadSection(kind.Keyword, path, kind.Parameters, attribute, syntax);
        if (type.TypeArguments.FirstOrDefault() is not { } argument)
            return null;
        var section = ReadSection("", path, [], attribute, syntax);
        return type.Name switch
        {
            "UseAttribute" => new SectionSpec(NameOf(argument, path), section.Settings),
            "ResidualAttribute" => SectionSpec.Of(
                "residual",
                [
                    new SettingSpec("layers", SpecValue.Of(EquatableArray<SectionSpec>.Of([SectionSpec.Of(NameOf(argument, path))]))),
                    .. section.Settings
                ]),
            "LayerAttribute" => ReadModule(argument, section, path),
            _ => null,
        };
    }

    private SectionSpec ReadModule(ITypeSymbol argument, SectionSpec section, string path)
    {
        var arguments = section.Find("arguments");
        // The generator, which keeps no places, sees the class as it was written; the analyzer sees it with all its parts.
        if (argument is INamedTypeSymbol { IsGenericType: false } type
            && (tree is not null || !OwnModule.IsOpen(type))
            && OwnModule.Objection(type, arguments?.Items ?? default, network) is { } objection)
            _findings.Add(Finding.Of(Rules.UnfitModule, arguments is null ? SourceMap.KeyOf(path) : path + ".arguments", type.Name, objection));
        return SectionSpec.Of("custom", [new SettingSpec("type", SpecValue.Of(argument.ToDisplayString(WithArguments))), .. section.Settings]);
    }

    /// <summary>The name of the block that a class declares.</summary>
    private string NameOf(ITypeSymbol argument, string path)
    {
        if (argument is not INamedTypeSymbol named)
            return argument.ToDisplayString(WithArguments);
        var type = Declared(named);
        if (_types.TryGetValue(type.Name, out var known))
        {
            if (!SymbolEqualityComparer.Default.Equals(known, type))
                _findings.Add(Finding.Of(
                    Rules.InvalidName,
                    path,
                    type.Name,
                    $"'{known.ToDisplayString(Unescaped)}' has it, and each block becomes a class inside of the network's"));
        }
        else if (type.DeclaringSyntaxReferences.Length > 0 && NetworkClass.Unmarked(type) is not null)
        {
            // Which is said of the class itself.
            Refused.Add(type.Name);
            IsBroken = true;
        }
        else if (Objection(type, SourceMap.KeyOf(path)) is { } objection)
        {
            if (Refused.Add(type.Name))
                _findings.Add(objection);
        }
        else
        {
            _types.Add(type.Name, type);
            // In the order in which they are met.
            _blocks.Add(type.Name, null);
            _unread.Enqueue(type);
        }

        return type.Name;
    }

    /// <summary>Why a class can't be a block, or null when it can.</summary>
    private Finding? Objection(INamedTypeSymbol type, string path)
    {
        if (!type.GetAttributes().Any(IsBlock))
            return Finding.Of(Rules.UnknownLayer, path, type.Name, $": the class '{type.ToDisplayString(Unescaped)}' has no [Block].");
        return SymbolEqualityComparer.Default.Equals(type.ContainingType, network)
            ? Finding.Of(
                Rules.InvalidName,
                path,
                type.Name,
                $"the block becomes a class inside of '{network.Name}', where the one with [Block] stands already: move that out of '{network.Name}'")
            : null;
    }

    private void ReadBlock(INamedTypeSymbol type)
    {
        var list = $"{BlockSpec.Path(type.Name)}.{LayerLists.Root}";
        var layers = new List<SectionSpec>();
        foreach (var attribute in type.GetAttributes().Where(attribute => IsOfNetwork(attribute.AttributeClass)))
        {
            // One of another assembly has no syntax, and what can't be read is no block.
            if (attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax syntax)
                return;
            if (IsBlock(attribute) && syntax.Parent?.Parent is TypeDeclarationSyntax declaration)
                Keep(BlockSpec.Path(type.Name), declaration.Identifier.GetLocation());
            else if (ReadLayer(attribute, syntax, new LayerPlace(list, layers.Count).Path) is { } layer)
                layers.Add(layer);
            else if (IsOfNetworksOnly(attribute.AttributeClass!.Name) && !type.GetAttributes().Any(AttributeSpecReader.IsModel))
                RefuseInBlock(type, attribute.AttributeClass.Name, syntax);
        }

        var isNumbered = type.GetAttributes().First(IsBlock).NamedArguments.Any(named => named is { Key: "Numbered", Value.Value: true });
        _blocks[type.Name] = new BlockSpec(type.Name, default, EquatableArray<string>.Of([ModelSpec.OnlyInput]), isNumbered, EquatableArray<SectionSpec>.Of(layers));
    }

    /// <summary>Whether an attribute says of a whole network what no block has; a class that is a network too may have it for that.</summary>
    private static bool IsOfNetworksOnly(string attribute) =>
        attribute is "InputAttribute" or "OutputsAttribute" or "TrainingAttribute" or "BudgetAttribute" or "CompileAttribute"
        || DataSources.OfAttribute(attribute) is not null;

    private void RefuseInBlock(INamedTypeSymbol type, string attribute, AttributeSyntax syntax)
    {
        var word = SpecNames.ToSnakeCase(attribute.Substring(0, attribute.Length - "Attribute".Length));
        var path = $"{BlockSpec.Path(type.Name)}.{word}";
        Keep(path, syntax.Name);
        _findings.Add(Finding.Of(Rules.UnknownProperty, path, $"The block '{type.Name}'", word, ": it is a network's, and stands with [Model]."));
    }

    /// <summary>Whether it is one of ModelGen's; one that the compiler does not find may be a mistyped layer.</summary>
    public static bool IsOfNetwork(INamedTypeSymbol? attribute) =>
        attribute is { TypeKind: TypeKind.Error } or { ContainingNamespace: { Name: "ModelGen", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether the compiler says that it is wrong.</summary>
    public static bool IsRefused(AttributeData attribute) =>
        attribute.AttributeConstructor is null || IsOnlyInFiles(attribute.AttributeClass!)
        || attribute.ConstructorArguments.Any(IsWrong) || attribute.NamedArguments.Any(named => IsWrong(named.Value));

    /// <summary>Whether it stands for what only a file can declare: an error by itself, and nothing else.</summary>
    private static bool IsOnlyInFiles(INamedTypeSymbol attribute) =>
        attribute.Name is "BranchesAttribute" or "SequenceAttribute" || (attribute.Name == "ResidualAttribute" && !attribute.IsGenericType);

    private static bool IsWrong(TypedConstant constant) => constant.Kind == TypedConstantKind.Error
        || (constant is { Kind: TypedConstantKind.Array, IsNull: false } && constant.Values.Any(IsWrong));

    /// <summary>
    /// The class that the user wrote: where the generated code is there already, a network's attributes see the class of the same name inside of
    /// the network first.
    /// </summary>
    private static INamedTypeSymbol Declared(INamedTypeSymbol type)
    {
        if (type.ContainingType is not { } network || type.GetAttributes().Any(IsBlock) || type.ContainingAssembly is not ISourceAssemblySymbol assembly)
            return type;
        var blocks = assembly.Compilation.GetSymbolsWithName(type.Name, SymbolFilter.Type)
            .OfType<INamedTypeSymbol>()
            .Where(found => found.GetAttributes().Any(IsBlock))
            .ToArray();
        // Of several the compiler takes the one of the nearest namespace.
        for (var around = network.ContainingNamespace; around is not null; around = around.ContainingNamespace)
        {
            if (blocks.FirstOrDefault(found => found.ContainingType is null && SymbolEqualityComparer.Default.Equals(found.ContainingNamespace, around)) is { } near)
                return near;
        }

        return blocks.FirstOrDefault() ?? type;
    }

    public static bool IsBlock(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "BlockAttribute", ContainingNamespace: { Name: "ModelGen", ContainingNamespace.IsGlobalNamespace: true } };

    public SectionSpec ReadSection(string keyword, string path, IReadOnlyList<Parameter> parameters, AttributeData attribute, AttributeSyntax syntax)
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

    public void Keep(string path, SyntaxNode node)
    {
        if (tree is not null)
            Keep(path, node.GetLocation());
    }

    private void Keep(string path, Location location)
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

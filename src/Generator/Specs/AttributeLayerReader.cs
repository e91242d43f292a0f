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
/// <param name="sections">Reads what an attribute sets.</param>
/// <param name="network">The class that they declare.</param>
internal sealed class AttributeLayerReader(AttributeSectionReader sections, INamedTypeSymbol network)
{
    // Names as they are, without the @ in front of a word of C#.
    public static readonly SymbolDisplayFormat Unescaped = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    // A list, or what has arguments of its own, is no name of a class, and looks so.
    private static readonly SymbolDisplayFormat WithArguments = Unescaped.WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters);

    private readonly Dictionary<string, BlockSpec?> _blocks = [];
    private readonly Dictionary<string, INamedTypeSymbol> _types = [];
    private readonly Queue<INamedTypeSymbol> _unread = new();
    private readonly List<Finding> _findings = [];

    /// <summary>What the reader found wrong.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The names of classes that can't be blocks, which was said.</summary>
    public HashSet<string> Refused { get; } = [];

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
            return sections.Read(kind.Keyword, path, kind.Parameters, attribute, syntax);
        if (type.TypeArguments.FirstOrDefault() is not { } argument)
            return null;
        var section = sections.Read("", path, [], attribute, syntax);
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
            && (sections.KeepsPlaces || !OwnModule.IsOpen(type))
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
        var list = BlockSpec.ListOf(type.Name);
        var layers = new List<SectionSpec>();
        foreach (var attribute in type.GetAttributes().Where(attribute => IsOfNetwork(attribute.AttributeClass)))
        {
            // One of another assembly has no syntax, and what can't be read is no block.
            if (attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax syntax)
                return;
            if (IsBlock(attribute) && syntax.Parent?.Parent is TypeDeclarationSyntax declaration)
                sections.Keep(BlockSpec.Path(type.Name), declaration.Identifier.GetLocation());
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
        sections.Keep(path, syntax.Name);
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
}

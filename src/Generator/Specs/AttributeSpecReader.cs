using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Collections;
using ModelGen.Diagnostics;

namespace ModelGen.Specs;

/// <summary>Reads the attributes of a partial class into a spec. It knows the attributes' form; what the values mean is the checker's.</summary>
internal sealed class AttributeSpecReader
{
    public const string ModelAttribute = "ModelGen.ModelAttribute";

    private readonly SourceMap.Builder _map;
    private readonly List<Finding> _findings = [];
    private readonly List<SectionSpec> _layers = [];
    private readonly List<SectionSpec> _inputs = [];
    private SpecValue? _outputs;
    private SectionSpec? _training;
    private SectionSpec? _data;
    private SectionSpec? _budget;
    private SectionSpec? _compile;

    private readonly AttributeSectionReader _sections;
    private readonly AttributeLayerReader _layerReader;

    private AttributeSpecReader(SyntaxTree tree, INamedTypeSymbol type, bool keepPlaces)
    {
        _map = new SourceMap.Builder(tree.FilePath);
        _sections = new AttributeSectionReader(_map, keepPlaces ? tree : null);
        _layerReader = new AttributeLayerReader(_sections, type);
    }

    /// <summary>
    /// Reads the class that carries <c>[Model]</c>. Runs for each such class after every edit, so it does no more than read. Of one that has the rest
    /// without it, that is said, and nothing else.
    /// </summary>
    /// <param name="declaration">The part of the class.</param>
    /// <param name="type">The class.</param>
    /// <param name="keepPlaces">Whether the source map holds more than the place of the class's name: the generator reports nothing else.</param>
    /// <param name="cancellation">Asked at each attribute.</param>
    public static SpecReading Read(TypeDeclarationSyntax declaration, INamedTypeSymbol type, bool keepPlaces, CancellationToken cancellation)
    {
        var reader = new AttributeSpecReader(declaration.SyntaxTree, type, keepPlaces);
        // The compiler refuses a [Model] on a second part of the class: the first is the spec.
        var model = type.GetAttributes().FirstOrDefault(IsModel);
        if ((model is not null && model.ApplicationSyntaxReference?.GetSyntax(cancellation).Parent?.Parent != declaration) || !NetworkClass.HasName(declaration))
            return new SpecReading(null, reader._map.Build(), default);

        var name = declaration.Identifier.GetLocation();
        var start = name.GetLineSpan().StartLinePosition;
        reader._map.Lines = new SourceLines(start.Line, EquatableArray<int>.Owning([name.SourceSpan.Start - start.Character]));
        reader._map.Add("", AttributeSectionReader.SpanOf(name));
        if (model is null)
            return new SpecReading(null, reader._map.Build(), EquatableArray<Finding>.Of([Finding.Of(Rules.Unmarked, "", type.Name)]));
        var isElsewhere = false;
        foreach (var attribute in type.GetAttributes())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!AttributeLayerReader.IsOfNetwork(attribute.AttributeClass)
                || attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
                continue;
            if (syntax.Parent?.Parent == declaration)
                reader.ReadAttribute(attribute, syntax);
            else
                isElsewhere |= attribute.AttributeClass is { TypeKind: not TypeKind.Error, Name: not "ModelAttribute" };
        }

        var blocks = reader._layerReader.ReadBlocks();
        reader._findings.AddRange(reader._layerReader.Findings);
        if (isElsewhere)
            reader._findings.Add(Finding.Of(Rules.SpreadAttributes, "", type.Name));
        var fault = NetworkClass.Check(declaration, type);
        if (fault is not null)
            reader._findings.Add(fault);
        return new SpecReading(
            reader.Build(declaration, type, blocks, isWritable: fault is null && type.BaseType?.TypeKind != TypeKind.Error),
            reader._map.Build(),
            EquatableArray<Finding>.Of(reader._findings))
        {
            Elsewhere = reader._sections.Elsewhere,
        };
    }

    private ModelSpec Build(TypeDeclarationSyntax declaration, INamedTypeSymbol type, EquatableArray<BlockSpec> blocks, bool isWritable)
    {
        return new ModelSpec(
            SourceMap.FileName(declaration.SyntaxTree.FilePath),
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(AttributeLayerReader.Unescaped),
            EquatableArray<TypeHead>.Of(NetworkClass.Containers(declaration)),
            type.Name,
            SyntaxFacts.GetText(type.DeclaredAccessibility),
            EquatableArray<SectionSpec>.Of(_inputs),
            EquatableArray<SectionSpec>.Of(_layers),
            _training,
            _data,
            _budget,
            IsSound: _findings.Count == 0 && !_layerReader.IsBroken && isWritable,
            isWritable)
        {
            Blocks = blocks,
            RefusedBlocks = EquatableArray<string>.Of(_layerReader.Refused),
            Outputs = _outputs,
            Compile = _compile,
        };
    }

    private void ReadAttribute(AttributeData attribute, AttributeSyntax syntax)
    {
        // One that the compiler refuses may have been any: its name does not count.
        switch (AttributeLayerReader.IsRefused(attribute) ? "" : attribute.AttributeClass!.Name)
        {
            case "InputAttribute":
                ReadInput(attribute, syntax);
                break;
            case "TrainingAttribute":
                _training = _sections.Read("training", "training", [], attribute, syntax);
                break;
            case var name when _data is not null && Training.DataSources.OfAttribute(name) is not null:
                _sections.Keep(SourceMap.AgainOf("data"), syntax);
                _findings.Add(Finding.Of(Rules.SetTwice, SourceMap.AgainOf("data"), "data", "the spec"));
                break;
            case var name when Training.DataSources.OfAttribute(name) is { } source:
                _data = _sections.Read(source.Keyword, "data", source.Parameters, attribute, syntax);
                break;
            case "BudgetAttribute":
                _budget = _sections.Read("budget", "budget", [], attribute, syntax);
                break;
            case "CompileAttribute":
                _compile = _sections.Read("compile", "compile", [], attribute, syntax);
                break;
            case "OutputsAttribute" when attribute.ConstructorArguments.Length > 0:
                _sections.Keep("outputs", syntax);
                if (syntax.ArgumentList?.Arguments.FirstOrDefault() is { } first)
                    _sections.KeepElements("outputs", first);
                _outputs = AttributeSectionReader.ValueOf(attribute.ConstructorArguments[0]);
                break;
            default:
                if (_layerReader.ReadLayer(attribute, syntax, LayerPlace.OfNetwork(_layers.Count).Path) is { } layer)
                    _layers.Add(layer);
                break;
        }
    }

    private void ReadInput(AttributeData attribute, AttributeSyntax syntax)
    {
        // A project may have an attribute of its own under this name, without arguments.
        var arguments = attribute.ConstructorArguments.Select(AttributeSectionReader.ValueOf).ToArray();
        if (arguments.Length == 0)
            return;
        var sizes = arguments[arguments.Length - 1];
        var name = arguments[0].Kind == SpecValueKind.Text ? arguments[0].Text : ModelSpec.OnlyInput;
        // Whether it is the only one is not known yet.
        if (name == ModelSpec.OnlyInput)
            _sections.Keep(name, syntax);
        _sections.Keep("inputs." + name, syntax);
        _sections.Keep(SourceMap.KeyOf("inputs." + name), syntax);
        var settings = attribute.NamedArguments.Select(named => new SettingSpec(SpecNames.ToSnakeCase(named.Key), AttributeSectionReader.ValueOf(named.Value)));
        _inputs.Add(SectionSpec.Of(name, [new SettingSpec(ModelSpec.InputShape, sizes), .. settings]));
    }

    public static bool IsModel(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "ModelAttribute", ContainingNamespace: { Name: "ModelGen", ContainingNamespace.IsGlobalNamespace: true } };
}

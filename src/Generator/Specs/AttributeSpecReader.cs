using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Layers;

namespace ModelGen.Specs;

/// <summary>Reads the attributes of a partial class into a spec. It knows the attributes' form; what the values mean is the checker's.</summary>
internal sealed class AttributeSpecReader
{
    public const string ModelAttribute = "ModelGen.ModelAttribute";

    // Names as they are, without the @ in front of a word of C#.
    private static readonly SymbolDisplayFormat Unescaped = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private readonly SourceMap.Builder _map;
    private readonly List<Finding> _findings = [];
    private readonly List<SectionSpec> _layers = [];
    private readonly List<SectionSpec> _inputs = [];
    private SectionSpec? _training;
    private SectionSpec? _data;
    private SectionSpec? _budget;
    private bool _isBroken;

    private readonly bool _keepsPlaces;

    private AttributeSpecReader(string filePath, bool keepPlaces) => (_map, _keepsPlaces) = (new SourceMap.Builder(filePath), keepPlaces);

    /// <summary>Reads the class that carries <c>[Model]</c>. Runs for each such class after every edit, so it does no more than read.</summary>
    /// <param name="declaration">The part of the class.</param>
    /// <param name="type">The class.</param>
    /// <param name="keepPlaces">Whether the source map holds more than the place of the class's name: the generator reports nothing else.</param>
    /// <param name="cancellation">Asked at each attribute.</param>
    public static SpecReading Read(TypeDeclarationSyntax declaration, INamedTypeSymbol type, bool keepPlaces, CancellationToken cancellation)
    {
        var reader = new AttributeSpecReader(declaration.SyntaxTree.FilePath, keepPlaces);
        // The compiler refuses a [Model] on a second part of the class: the first is the spec.
        var model = type.GetAttributes().First(IsModel);
        if (model.ApplicationSyntaxReference?.GetSyntax(cancellation).Parent?.Parent != declaration || !NetworkClass.HasName(declaration))
            return new SpecReading(null, reader._map.Build(), default);

        reader._map.Add("", SpanOf(declaration.Identifier.GetLocation()));
        var isElsewhere = false;
        foreach (var attribute in type.GetAttributes())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!IsOfNetwork(attribute.AttributeClass) || attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
                continue;
            if (syntax.Parent?.Parent == declaration)
                reader.ReadAttribute(attribute, syntax);
            else
                isElsewhere |= attribute.AttributeClass is { TypeKind: not TypeKind.Error, Name: not "ModelAttribute" };
        }

        if (isElsewhere)
            reader._findings.Add(Finding.Of(Rules.SpreadAttributes, "", type.Name));
        var fault = NetworkClass.Check(declaration, type);
        if (fault is not null)
            reader._findings.Add(fault);
        return new SpecReading(reader.Build(declaration, type, isWritable: fault is null && type.BaseType?.TypeKind != TypeKind.Error), reader._map.Build(), EquatableArray<Finding>.Of(reader._findings));
    }

    private ModelSpec Build(TypeDeclarationSyntax declaration, INamedTypeSymbol type, bool isWritable)
    {
        return new ModelSpec(
            SourceMap.FileName(declaration.SyntaxTree.FilePath),
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(Unescaped),
            EquatableArray<TypeHead>.Of(NetworkClass.Containers(declaration)),
            type.Name,
            SyntaxFacts.GetText(type.DeclaredAccessibility),
            EquatableArray<SectionSpec>.Of(_inputs),
            EquatableArray<SectionSpec>.Of(_layers),
            _training,
            _data,
            _budget,
            IsSound: _findings.Count == 0 && !_isBroken && isWritable,
            isWritable);
    }

    private void ReadAttribute(AttributeData attribute, AttributeSyntax syntax)
    {
        if (attribute.AttributeConstructor is null || attribute.ConstructorArguments.Any(IsBroken) || attribute.NamedArguments.Any(named => IsBroken(named.Value)))
        {
            // The compiler says what is wrong with it; what stands behind it has no shape.
            _isBroken = true;
            _layers.Add(SectionSpec.Unreadable);
            return;
        }

        switch (attribute.AttributeClass!.Name)
        {
            case "InputAttribute":
                Keep("input", syntax);
                // A project may have an attribute of its own under this name, without arguments.
                if (attribute.ConstructorArguments.Select(ValueOf).FirstOrDefault() is { } sizes)
                    _inputs.Add(SectionSpec.Of(ModelSpec.OnlyInput, [new SettingSpec(ModelSpec.InputShape, sizes), .. InputType(attribute)]));
                break;
            case "TrainingAttribute":
                _training = ReadSection("training", "training", Training.TrainingParameters.Training, attribute, syntax);
                break;
            case "ImageFolderAttribute":
                _data = ReadSection(Training.TrainingParameters.ImageFolderKeyword, "data", Training.TrainingParameters.ImageFolder, attribute, syntax);
                break;
            case "BudgetAttribute":
                _budget = ReadSection("budget", "budget", [], attribute, syntax);
                break;
            case var name when LayerCatalogue.FindAttribute(name) is { } kind:
                _layers.Add(ReadSection(kind.Keyword, LayerPlace.OfNetwork(_layers.Count).Path, kind.Parameters, attribute, syntax));
                break;
        }
    }

    public static bool IsModel(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "ModelAttribute", ContainingNamespace: { Name: "ModelGen", ContainingNamespace.IsGlobalNamespace: true } };

    // An attribute that the compiler does not find may be a mistyped layer.
    private static bool IsOfNetwork(INamedTypeSymbol? attribute) =>
        attribute is { TypeKind: TypeKind.Error } or { ContainingNamespace: { Name: "ModelGen", ContainingNamespace.IsGlobalNamespace: true } };

    private static bool IsBroken(TypedConstant constant) => constant.Kind == TypedConstantKind.Error
        || (constant is { Kind: TypedConstantKind.Array, IsNull: false } && constant.Values.Any(IsBroken));

    private SectionSpec ReadSection(string keyword, string path, IReadOnlyList<Parameter> parameters, AttributeData attribute, AttributeSyntax syntax)
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
            settings.Add(new SettingSpec(name, value));
        }
    }

    private static IEnumerable<SettingSpec> InputType(AttributeData attribute) =>
        attribute.NamedArguments.Where(named => named.Key == "Type").Select(named => new SettingSpec(ModelSpec.InputType, ValueOf(named.Value)));

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

    private static SpecValue ValueOf(TypedConstant constant) => constant switch
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

    /// <summary>An enum's member is the spec's word in PascalCase; a cast number has none and is refused as what it is.</summary>
    private static SpecValue EnumMember(INamedTypeSymbol type, object? value)
    {
        var member = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value));
        return member is null ? SpecValue.Other($"a {type.Name} that does not exist") : SpecValue.Of(SpecNames.ToSnakeCase(member.Name));
    }

    private void Keep(string path, SyntaxNode node)
    {
        if (_keepsPlaces)
            _map.Add(path, SpanOf(node.GetLocation()));
    }

    private static SourceSpan SpanOf(Location location)
    {
        var lines = location.GetLineSpan();
        return new SourceSpan(
            location.SourceSpan.Start,
            location.SourceSpan.Length,
            lines.StartLinePosition.Line,
            lines.StartLinePosition.Character,
            lines.EndLinePosition.Line,
            lines.EndLinePosition.Character);
    }
}

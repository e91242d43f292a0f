using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelGen.Specs;

/// <summary>What a class must be so that a network can have it as a layer: said of the attribute, or else the compiler would say it of generated code.</summary>
internal static class OwnModule
{
    private const string Base = "TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>";

    // What a constructor takes is shown as it is written: Scale(double factor).
    private static readonly SymbolDisplayFormat Signature = new(
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>
    /// Whether a generator may yet write a part of it, its base class and a constructor, as this one does of another network: generators don't see what
    /// generators write.
    /// </summary>
    public static bool IsOpen(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(part =>
        part.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Why it can't be one, or null when it can.</summary>
    /// <param name="type">The class.</param>
    /// <param name="arguments">What its constructor is called with.</param>
    /// <param name="network">The network's class, which calls it.</param>
    public static string? Objection(INamedTypeSymbol type, IReadOnlyList<SpecValue> arguments, INamedTypeSymbol network)
    {
        // What the compiler does not find, it says itself.
        if (Bases(type).Any(part => part.TypeKind == TypeKind.Error)
            || !arguments.All(IsLiteral)
            || network.ContainingAssembly is not ISourceAssemblySymbol { Compilation: var compilation })
            return null;
        if (Bases(type).All(part => part.ToDisplayString() != Base))
            return "a layer is a TorchSharp module from a tensor to a tensor: derive it from torch.nn.Module<Tensor, Tensor>";
        if (type.IsAbstract)
            return "it is abstract";
        var constructors = type.InstanceConstructors.Where(constructor => compilation.IsSymbolAccessibleWithin(constructor, network)).ToArray();
        if (constructors.Length == 0)
            return $"'{network.Name}' can't call its constructors: make one public or internal";
        if (constructors.Any(constructor => Takes(constructor, arguments, compilation)))
            return null;
        var written = arguments.Count == 0 ? "the attribute has no arguments" : $"the attribute's arguments are ({string.Join(", ", arguments)})";
        return $"{written}, but its constructor{(constructors.Length == 1 ? " is " : "s are ")}{string.Join(" and ", constructors.Select(constructor => constructor.ToDisplayString(Signature)))}";
    }

    // What is none, is refused as that.
    private static bool IsLiteral(SpecValue argument) => argument.Kind is SpecValueKind.Integer or SpecValueKind.Real or SpecValueKind.Flag or SpecValueKind.Text;

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var part = type; part is not null; part = part.BaseType)
            yield return part;
    }

    private static bool Takes(IMethodSymbol constructor, IReadOnlyList<SpecValue> arguments, Compilation compilation)
    {
        var parameters = constructor.Parameters;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (i < parameters.Length && Takes(parameters[i].Type, arguments[i], compilation) && parameters[i].RefKind is RefKind.None or RefKind.In)
                continue;
            if (i >= parameters.Length - 1
                && parameters.LastOrDefault() is { IsParams: true } rest
                && (rest.Type is not IArrayTypeSymbol list || Takes(list.ElementType, arguments[i], compilation)))
                continue;
            return false;
        }

        return parameters.Skip(arguments.Count).All(parameter => parameter.IsOptional || parameter.IsParams);
    }

    // An argument is a literal, and one of a whole number is also a number of the smaller types.
    private static bool Takes(ITypeSymbol parameter, SpecValue argument, Compilation compilation)
    {
        if (argument.Kind == SpecValueKind.Integer && IsOf(parameter.SpecialType, argument.Integer))
            return true;
        var literal = compilation.GetSpecialType(argument.Kind switch
        {
            SpecValueKind.Integer => argument.Integer is >= int.MinValue and <= int.MaxValue ? SpecialType.System_Int32 : SpecialType.System_Int64,
            SpecValueKind.Real => SpecialType.System_Double,
            SpecValueKind.Flag => SpecialType.System_Boolean,
            _ => SpecialType.System_String,
        });
        return compilation.ClassifyConversion(literal, parameter).IsImplicit;
    }

    private static bool IsOf(SpecialType type, long number) => type switch
    {
        SpecialType.System_SByte => number is >= sbyte.MinValue and <= sbyte.MaxValue,
        SpecialType.System_Byte => number is >= byte.MinValue and <= byte.MaxValue,
        SpecialType.System_Int16 => number is >= short.MinValue and <= short.MaxValue,
        SpecialType.System_UInt16 => number is >= ushort.MinValue and <= ushort.MaxValue,
        SpecialType.System_UInt32 => number is >= uint.MinValue and <= uint.MaxValue,
        SpecialType.System_UInt64 => number >= 0,
        _ => false,
    };
}

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Diagnostics;

namespace ModelGen.Specs;

/// <summary>What a class must be so that ModelGen can write its other parts.</summary>
internal static class NetworkClass
{
    // The first with one tensor for each input, and what comes out.
    private static readonly string[] GeneratedBases = ["TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, ", "ModelGen.Cpu.Network"];

    /// <summary>The first thing that is wrong with it, or null; a base class that does not exist is the compiler's to name.</summary>
    public static Finding? Check(TypeDeclarationSyntax declaration, INamedTypeSymbol type)
    {
        if (WhyNotPartial(declaration, type) is { } why)
            return Finding.Of(Rules.NotPartial, "", type.Name, why);
        if (type.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } baseType
            && baseType.ToDisplayString() is var name && !GeneratedBases.Any(generated => name.StartsWith(generated, StringComparison.Ordinal)))
            return Finding.Of(Rules.BaseClass, "", type.Name, baseType.Name);
        if (type.Constructors.FirstOrDefault(TakesThePlaceOfTheGenerated) is { } own)
            return Finding.Of(Rules.OwnConstructor, "", type.Name, own.Parameters.Length == 0
                ? "parameterless constructor, but ModelGen writes that one, to build the layers: remove it, or give it parameters and end its head with ': this()'"
                : "primary constructor, which the one that ModelGen writes would have to call: write it as an ordinary constructor and end its head with ': this()'");
        return null;
    }

    /// <summary>The first of a network's attributes on a class that nothing declares to be a network or a block; null for every other type.</summary>
    public static AttributeData? Unmarked(INamedTypeSymbol type)
    {
        AttributeData? first = null;
        foreach (var attribute in type.GetAttributes())
        {
            // One that the compiler does not find may have been the mark.
            if (attribute.AttributeClass is not { TypeKind: not TypeKind.Error } found
                || AttributeSpecReader.IsModel(attribute)
                || AttributeLayerReader.IsBlock(attribute))
                return null;
            // A project may have attributes of its own in this namespace.
            if (AttributeLayerReader.IsOfNetwork(found) && !SymbolEqualityComparer.Default.Equals(found.ContainingAssembly, type.ContainingAssembly))
                first ??= attribute;
        }

        // On another type the compiler refuses each of them.
        return type.TypeKind == TypeKind.Class ? first : null;
    }

    /// <summary>Whether it and everything around it is called something: while it is typed, it may not be.</summary>
    public static bool HasName(TypeDeclarationSyntax declaration) =>
        declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().All(type => type.Identifier.ValueText.Length > 0)
        && declaration.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().All(part => !part.Name.IsMissing);

    private static string? WhyNotPartial(TypeDeclarationSyntax declaration, INamedTypeSymbol type)
    {
        if (declaration is not ClassDeclarationSyntax)
            return KeywordOf(declaration) is "interface" ? "an interface" : $"a {KeywordOf(declaration)}";
        if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            return "not partial";
        if (type.IsStatic)
            return "static";
        if (type.IsAbstract)
            return "abstract";
        if (type.TypeParameters.Length > 0)
            return "generic";
        foreach (var outer in Around(declaration))
        {
            if (!outer.Modifiers.Any(SyntaxKind.PartialKeyword))
                return $"inside '{outer.Identifier.ValueText}', which is not partial";
            if (outer.TypeParameterList is not null)
                return $"inside '{outer.Identifier.ValueText}', which is generic";
        }

        // Of types in each other only the outermost is declared as local.
        for (var around = type; around is not null; around = around.ContainingType)
        {
            if (around.IsFileLocal)
                return "local to its file";
        }

        return null;
    }

    /// <summary>The types around the class, the outermost first, as the head of a part of each.</summary>
    public static IEnumerable<TypeHead> Containers(TypeDeclarationSyntax declaration) =>
        Around(declaration).Reverse().Select(outer => new TypeHead(KeywordOf(outer), outer.Identifier.ValueText));

    private static string KeywordOf(TypeDeclarationSyntax declaration) =>
        declaration is RecordDeclarationSyntax { ClassOrStructKeyword.ValueText: "struct" } ? "record struct" : declaration.Keyword.ValueText;

    private static IEnumerable<TypeDeclarationSyntax> Around(TypeDeclarationSyntax declaration) => declaration.Ancestors().OfType<TypeDeclarationSyntax>();

    // One with parameters may stand beside it, but not in the class's head: every other constructor would have to call that one. The analyzer sees the
    // generated one too.
    private static bool TakesThePlaceOfTheGenerated(IMethodSymbol constructor) =>
        !constructor.IsImplicitlyDeclared && !constructor.IsStatic && !OwnParts.IsGenerated(constructor)
        && (constructor.Parameters.Length == 0 || constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax));
}

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Diagnostics;

namespace ModelGen.Specs;

/// <summary>
/// The parts of a network's class that a user wrote beside the generated ones. What does not go together the compiler would say of the generated
/// part, which nobody wrote.
/// </summary>
internal static class OwnParts
{
    // A folder of the path that the compiler gives to what the generator adds.
    private static readonly string Generator = typeof(ModelGenerator).FullName;

    /// <summary>What is wrong with them, each at its place; nothing for a class without generated parts.</summary>
    public static IEnumerable<(Finding Finding, Location Place)> Check(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (type.DeclaringSyntaxReferences.Length < 2 || !type.DeclaringSyntaxReferences.Any(part => IsGenerated(part) && IsOf(type, part)))
            yield break;

        // A class with [Model] was checked where that stands, and has generated parts only where it is right.
        if (!type.GetAttributes().Any(AttributeSpecReader.IsModel))
        {
            foreach (var part in type.DeclaringSyntaxReferences.Where(part => !IsGenerated(part)))
            {
                if (part.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && NetworkClass.Check(declaration, type) is { } finding)
                {
                    yield return (finding, declaration.Identifier.GetLocation());
                    yield break;
                }
            }
        }

        foreach (var same in type.GetMembers().Where(IsNamed).GroupBy(member => member.Name).Where(same => same.Count() > 1))
        {
            var generated = same.Where(IsGenerated).ToArray();
            foreach (var own in same.Where(member => !IsGenerated(member) && generated.Any(other => Excludes(member, other))))
                yield return (Finding.Of(Rules.OwnMember, "", type.Name, own.Name), own.Locations[0]);
        }
    }

    // Constructors have a rule of their own, and what belongs to a property goes with it.
    private static bool IsNamed(ISymbol member) => !member.IsImplicitlyDeclared && member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary };

    /// <summary>Whether a class can't have both: methods of one name need different parameters.</summary>
    private static bool Excludes(ISymbol own, ISymbol other) =>
        own is not IMethodSymbol method
        || other is not IMethodSymbol generated
        || (method.TypeParameters.Length == generated.TypeParameters.Length
            && method.Parameters.Select(parameter => parameter.Type)
                .SequenceEqual(generated.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default));

    /// <summary>Whether ModelGen wrote it; what another generator writes is in its way as much as what a user does.</summary>
    public static bool IsGenerated(ISymbol member) => member.DeclaringSyntaxReferences.Any(IsGenerated);

    // Demo.Net.Module.g.cs also has parts of the classes around Demo.Net, which are no networks.
    private static bool IsOf(INamedTypeSymbol network, SyntaxReference part)
    {
        const string Ending = ".g.cs";
        var name = SourceMap.FileName(part.SyntaxTree.FilePath);
        var end = name.LastIndexOf('.', name.Length - Ending.Length - 1);
        return end > 0 && name.Substring(0, end) == network.ToDisplayString(AttributeLayerReader.Unescaped);
    }

    private static bool IsGenerated(SyntaxReference part) => part.SyntaxTree.FilePath.Contains(Generator);
}

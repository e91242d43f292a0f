using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.Tests.Pipeline;

/// <summary>Everything that can be reached from a value through fields and elements.</summary>
internal static class ObjectGraph
{
    public static IEnumerable<object> Reachable(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<object>([root]);
        while (waiting.TryPop(out var value))
        {
            if (!seen.Add(value))
                continue;
            yield return value;

            // What is found is not walked: a compilation reaches everything there is.
            if (PinsTheCompilation(value) || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum)
                continue;
            foreach (var next in Fields(value))
                waiting.Push(next);
            // Every other collection holds its elements in an array of its fields.
            if (value is Array elements)
            {
                foreach (var element in elements.Cast<object?>().OfType<object>())
                    waiting.Push(element);
            }
        }
    }

    /// <summary>What belongs to one compilation, or may: a delegate holds on to whatever it was made from.</summary>
    public static bool PinsTheCompilation(object value) => value
        is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or AttributeData or Location or Compilation or SemanticModel or IOperation
        or AdditionalText or SourceText or Delegate;

    private static IEnumerable<object> Fields(object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (field.FieldType.IsPointer || field.FieldType.IsByRefLike)
                    continue;
                if (field.GetValue(value) is { } next)
                    yield return next;
            }
        }
    }
}

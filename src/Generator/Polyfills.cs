namespace System.Runtime.CompilerServices;

/// <summary>What the compiler needs of newer frameworks to build records and init setters for netstandard2.0.</summary>
internal static class IsExternalInit;

/// <summary>The same for interpolated strings that go elsewhere than into a string.</summary>
[AttributeUsage(AttributeTargets.Struct)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute;

/// <summary>Which argument of a call its interpolated string goes to; an empty name is the object that is called.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class InterpolatedStringHandlerArgumentAttribute(string argument) : Attribute
{
    public string[] Arguments { get; } = [argument];
}

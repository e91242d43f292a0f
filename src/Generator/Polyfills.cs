namespace System.Runtime.CompilerServices;

/// <summary>What the compiler needs of newer frameworks to build records and init setters for netstandard2.0.</summary>
internal static class IsExternalInit;

namespace ModelGen;

/// <summary>
/// Declares a network: the layers are the attributes behind it, in the order in which data flows. The class is partial and ModelGen
/// writes the rest of it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute;

using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>A structure of layers, such as a residual: it becomes layers and modules, and is nothing of its own in the generated code.</summary>
internal abstract class Construct : CatalogueEntry
{
    public sealed override bool HasAttribute => false;

    /// <summary>Whether it is a module of its own, whose layers need no other names than those outside of it.</summary>
    public virtual bool IsModule => false;

    /// <summary>Reads the structure's layers into the module around it.</summary>
    /// <param name="reader">The module; its current value flows in, and what flows out is its current value then.</param>
    /// <param name="settings">The structure's settings.</param>
    /// <param name="given">Its name, or null.</param>
    /// <param name="place">Where it stands.</param>
    public abstract void Read(ModuleReader reader, Settings settings, string? given, LayerPlace place);

    /// <summary>The path of a list of layers in a setting of the structure.</summary>
    protected static string ListOf(LayerPlace place, Parameter parameter) => place.Path + "." + parameter.Name;
}

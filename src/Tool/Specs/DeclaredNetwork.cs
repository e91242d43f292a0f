using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Tool.Specs;

/// <summary>A network that a file declares, checked as the build does it.</summary>
/// <param name="Path">The file, as it was named.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Spec">What it says.</param>
/// <param name="Model">What checking it gave.</param>
/// <param name="Map">Where its parts stand; of attributes the class's name alone.</param>
internal sealed record DeclaredNetwork(string Path, string Text, ModelSpec Spec, CheckedModel Model, SourceMap Map)
{
    /// <summary>Whether the file is C#, and the spec its attributes.</summary>
    public bool IsAttributes => !JsonFile.IsSpec(Path);
}

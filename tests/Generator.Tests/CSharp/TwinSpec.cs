using ModelGen.Graph;
using ModelGen.Graph.Kernels;
using ModelGen.Specs;

namespace ModelGen.Tests.CSharp;

/// <summary>A network that says nothing of its backend, to be compiled for both.</summary>
/// <param name="Name">Its name, a word of C#.</param>
/// <param name="Json">The spec.</param>
internal sealed record TwinSpec(string Name, string Json)
{
    public ModelGraph Graph { get; } = Check(Name, Json);

    /// <summary>The layers for which there is no kernel, each as <c>key (kind of input)</c>.</summary>
    public IReadOnlyList<string> Missing => [.. KernelPlan.Missing(Graph.Flat).Select(layer => $"{layer.Key} ({layer.Node.Kind.Keyword} of {layer.Node.Input})")];

    public bool HasKernels => Missing.Count == 0;

    /// <summary>The name of its class in plain C#.</summary>
    public string CSharpName => Name + "CSharp";

    /// <summary>The name of its module for TorchSharp.</summary>
    public string TorchName => Name + "Torch";

    /// <summary>The spec of each backend as a file.</summary>
    public IEnumerable<(string Path, string Text)> Files => [CSharp, (TorchName + JsonSpecReader.FileEnding, Json)];

    /// <summary>The spec of the plain C# as a file.</summary>
    public (string Path, string Text) CSharp => (CSharpName + JsonSpecReader.FileEnding, "{ \"compile\": { \"backend\": \"csharp\" }, " + Json[(Json.IndexOf('{') + 1)..]);

    private static ModelGraph Check(string name, string json)
    {
        var model = ModelChecker.Check(JsonSpecReader.Read(name + JsonSpecReader.FileEnding, json, "Demo").Spec!);
        Assert.True(model.Graph is not null, $"{name} has mistakes: {string.Join(", ", model.Findings)}\n{json}");
        return model.Graph;
    }
}

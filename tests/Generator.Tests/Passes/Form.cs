using System.Reflection;
using System.Runtime.Loader;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Graph.Passes;
using ModelGen.Specs;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Passes;

/// <summary>Networks compiled one way: with no pass, with one alone, or with all.</summary>
internal sealed class Form
{
    private readonly Lazy<Assembly> _assembly;

    /// <param name="name">What the way is called.</param>
    /// <param name="passes">The passes that rewrite the forward passes.</param>
    /// <param name="networks">The networks by their names, as JSON.</param>
    private Form(string name, IReadOnlyList<Pass> passes, IReadOnlyDictionary<string, string> networks)
    {
        Name = name;
        Files = networks.ToDictionary(network => network.Key, network => Emit(network.Key, network.Value, passes));
        Rewritten = [.. Files.Where(file => file.Value.Contains("\n// Optimized: ", StringComparison.Ordinal)).Select(file => file.Key)];

        // One compilation for all networks, when one of them is made: each alone would cost as much. What no pass changed is the plain form.
        _assembly = new(() => Load([.. Files.Where(file => passes.Count == 0 || Rewritten.Contains(file.Key)).Select(file => (file.Key + ".cs", file.Value))]));
    }

    public string Name { get; }

    /// <summary>The networks in which a pass found something to do.</summary>
    public IReadOnlyList<string> Rewritten { get; }

    /// <summary>The generated modules by the names of their networks.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>The plain form of networks.</summary>
    public static Form Plain(IReadOnlyDictionary<string, string> networks) => new("plain", [], networks);

    /// <summary>The form of networks that specs get which say nothing.</summary>
    public static Form Optimized(IReadOnlyDictionary<string, string> networks) => new("all passes", Pass.All, networks);

    /// <summary>The form in which one pass works alone.</summary>
    public static Form With(Pass pass, IReadOnlyDictionary<string, string> networks) => new(pass.Name, [pass], networks);

    /// <summary>The module that a spec becomes.</summary>
    public static string Emit(string name, string json, IReadOnlyList<Pass> passes)
    {
        var spec = JsonSpecReader.Read(name + JsonSpecReader.FileEnding, json, "Demo").Spec!;
        var model = ModelChecker.Check(spec);
        Assert.True(model.Graph is not null, $"{name} has mistakes: {string.Join(", ", model.Findings)}\n{json}");
        return Backends.Emit(spec, model with { Graph = model.Graph with { Compilation = model.Graph.Compilation with { Passes = passes } } }).First().Text.ToString();
    }

    /// <summary>A new network with random weights.</summary>
    /// <param name="network">Its name.</param>
    /// <param name="type">Of its weights: in float64 rounding can't hide a mistake.</param>
    public nn.Module<Tensor, Tensor> Create(string network, ScalarType type = ScalarType.Float64) =>
        Single((nn.Module)Activator.CreateInstance(_assembly.Value.GetType("Demo." + network)!)!).to(type);

    /// <summary>A new network with the weights of another one, whose form may be another.</summary>
    public nn.Module<Tensor, Tensor> Create(string network, nn.Module weights, ScalarType type = ScalarType.Float64)
    {
        var model = Create(network, type);
        model.load_state_dict(weights.state_dict());
        return model;
    }

    private static nn.Module<Tensor, Tensor> Single(nn.Module network) => network as nn.Module<Tensor, Tensor> ?? new JoinedOutputs(network);

    private static Assembly Load(IReadOnlyList<(string Path, string Text)> files)
    {
        using var image = new MemoryStream();
        var result = Compiled.Project(files).Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }
}

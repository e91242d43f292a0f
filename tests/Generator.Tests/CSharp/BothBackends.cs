using System.Reflection;

namespace ModelGen.Tests.CSharp;

/// <summary>Networks in plain C# and for TorchSharp, in one compilation: each alone would cost as much.</summary>
internal sealed class BothBackends
{
    private readonly Dictionary<string, TwinSpec> _specs;
    private readonly Lazy<Assembly> _assembly;

    /// <param name="specs">The networks; what has no kernels is left out.</param>
    public BothBackends(IEnumerable<TwinSpec> specs)
    {
        _specs = specs.Where(spec => spec.HasKernels).ToDictionary(spec => spec.Name);
        _assembly = new(() => Compiled.From([.. _specs.Values.SelectMany(spec => spec.Files)]).Load());
    }

    /// <summary>The networks' names.</summary>
    public IEnumerable<string> Names => _specs.Keys;

    /// <summary>A generated type.</summary>
    /// <param name="name">Its name as reflection has it, <c>NetCSharp+Trainer</c>.</param>
    public Type TypeOf(string name) => _assembly.Value.GetType("Demo." + name)!;

    /// <summary>A network in both forms, with the same random weights.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="seed">What decides the weights.</param>
    public Twins Create(string name, int seed) => new(_specs[name], _assembly.Value, seed);
}

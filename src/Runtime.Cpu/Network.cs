namespace ModelGen.Cpu;

/// <summary>A network as it is generated for this backend: what it has trained and kept, by PyTorch's names.</summary>
public abstract class Network
{
    /// <summary>The parameters and persistent buffers, named and ordered as PyTorch's <c>Module.state_dict()</c>.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>
    /// The modules that PyTorch would build, each before those inside it: the path, empty for the network itself, and the version that a state_dict
    /// states of it, 2 for batch and instance norms since they count their batches, and 1 for all others.
    /// </summary>
    public abstract IReadOnlyList<(string Path, int Version)> Modules { get; }

    /// <summary>Trained parameters that the loss does not depend on; the compiler knows them.</summary>
    public virtual IReadOnlyList<string> WithoutGradient => [];
}

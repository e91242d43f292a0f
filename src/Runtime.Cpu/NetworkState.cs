using ModelGen.Formats;

namespace ModelGen.Cpu;

/// <summary>The tensors of a network, as PyTorch's <c>Module.state_dict()</c> names and orders them.</summary>
internal static class NetworkState
{
    /// <summary>A network's parameters and buffers, whose memory is the network's own and goes on changing: write them before it does.</summary>
    public static StateDict Live(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new StateDict(
            [.. network.Parameters.Select(parameter => LiveTensor.Of(parameter).Live())],
            Versions(network));
    }

    /// <summary>The versions of its modules.</summary>
    public static IReadOnlyList<KeyValuePair<string, int>> Versions(Network network) =>
        [.. network.Modules.Select(module => KeyValuePair.Create(module.Path, module.Version))];

    /// <summary>Copies the values of a state_dict into a network's own arrays, or, when it doesn't fit, changes nothing.</summary>
    /// <param name="state">The values.</param>
    /// <param name="network">The network.</param>
    /// <param name="source">Where the values come from, for messages.</param>
    /// <param name="isPartial">Whether what does not fit is left.</param>
    /// <returns>Notes on what was converted or left as it was.</returns>
    /// <exception cref="ModelGenException">Tensors are missing, unexpected or of another shape: the message lists them.</exception>
    public static IReadOnlyList<string> Copy(StateDict state, Network network, string source, bool isPartial = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        return LiveTensor.Copy(state, [.. network.Parameters.Select(parameter => LiveTensor.Of(parameter))], source, isPartial);
    }
}

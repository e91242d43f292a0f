using ModelGen.Formats;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Cpu;

/// <summary>
/// A network's weights in a file: where its name ends in <c>.safetensors</c> as <c>safetensors.torch.save_file(model.state_dict(), path)</c> writes them, else
/// as <c>torch.save(model.state_dict(), path)</c> does.
/// </summary>
public static class Weights
{
    /// <summary>Writes a network's parameters and buffers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file, <c>.safetensors</c> or usually <c>.pth</c>; replaced if it exists.</param>
    /// <exception cref="ModelGenException">The file can't be written.</exception>
    public static void Save(Network network, string path) => WeightsFile.Write(path, NetworkState.Live(network));

    /// <summary>
    /// Reads a file into a network. The values are copied into the arrays that the network has, so an optimizer made before goes on
    /// working. A file that doesn't fit changes nothing. The file is mapped into memory, so a large one takes no other.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file: a state_dict, or a checkpoint that holds one, or that a run left: the network's part is taken.</param>
    /// <param name="stripPrefix">What is taken off the beginning of the file's names, such as <c>module.</c>, or null for nothing.</param>
    /// <param name="isPartial">Whether what the file lacks, has in another shape or has beside the network's is left, as long as anything fits.</param>
    /// <returns>What a person should know although it is no mistake, such as <c>converted 6 tensors from float16 to float32</c>; of a part what was taken and what was not.</returns>
    /// <exception cref="ModelGenException">The file can't be read, or doesn't fit the network: the message lists the differences.</exception>
    public static IReadOnlyList<string> Load(Network network, string path, string? stripPrefix = null, bool isPartial = false) =>
        WeightsFile.Load(path, stripPrefix, state => NetworkState.Copy(state, network, path, isPartial));

    /// <summary>Copies the weights of a network into another one of the same spec, whose arrays stay its own.</summary>
    /// <param name="from">The network that has them.</param>
    /// <param name="to">The network that is given them.</param>
    /// <exception cref="ModelGenException">The networks are not of one spec: the message lists the differences; nothing was copied.</exception>
    public static void Copy(Network from, Network to) => NetworkState.Copy(NetworkState.Live(from), to, "the network to copy from");

    /// <summary>Reads weights that a program brings with it, as a resource.</summary>
    /// <param name="network">The network.</param>
    /// <param name="safetensors">What a <c>.safetensors</c> file holds; it can seek, and stays the caller's.</param>
    /// <exception cref="ModelGenException">It is damaged, or doesn't fit the network: the message lists the differences.</exception>
    public static void Load(Network network, Stream safetensors)
    {
        const string Name = "the program's weights";
        ArgumentNullException.ThrowIfNull(safetensors);
        NetworkState.Copy(SafetensorsFile.Read(safetensors, Name), network, Name);
    }
}

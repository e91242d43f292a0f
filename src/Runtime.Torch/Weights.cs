using ModelGen.Training.Checkpoints;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// A network's weights in a file: where its name ends in <c>.safetensors</c> as <c>safetensors.torch.save_file(model.state_dict(), path)</c> writes them, else
/// as <c>torch.save(model.state_dict(), path)</c> does.
/// </summary>
public static class Weights
{
    /// <summary>Writes a network's parameters and buffers, from whatever device they are on.</summary>
    /// <param name="module">The network.</param>
    /// <param name="path">The file, <c>.safetensors</c> or usually <c>.pth</c>; replaced if it exists.</param>
    /// <exception cref="ModelGenException">The file can't be written, or a tensor has an element type that it can't hold.</exception>
    public static void Save(nn.Module module, string path) => WeightsFile.Write(path, ModuleState.Live(module));

    /// <summary>
    /// Reads a file into a network. The values are copied into the tensors that the network has, so an optimizer made before goes on
    /// working. A file that doesn't fit changes nothing. The file is mapped into memory, so a large one takes no other.
    /// </summary>
    /// <param name="module">The network.</param>
    /// <param name="path">The file: a state_dict, or a checkpoint that holds one, or that a run left: the network's part is taken.</param>
    /// <param name="stripPrefix">What is taken off the beginning of the file's names, such as <c>module.</c>, or null for nothing.</param>
    /// <param name="isPartial">Whether what the file lacks, has in another shape or has beside the network's is left, as long as anything fits.</param>
    /// <returns>What a person should know although it is no mistake, such as <c>converted 6 tensors from float16 to float32</c>; of a part what was taken and what was not.</returns>
    /// <exception cref="ModelGenException">The file can't be read, or doesn't fit the network: the message lists the differences.</exception>
    public static IReadOnlyList<string> Load(nn.Module module, string path, string? stripPrefix = null, bool isPartial = false) =>
        WeightsFile.Load(path, stripPrefix, state => ModuleState.Copy(state, module, path, isPartial));
}

using ModelGen.Formats;
using ModelGen.Training.Checkpoints;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>A network's weights as PyTorch keeps them: the file that <c>torch.save(model.state_dict(), path)</c> writes.</summary>
public static class Weights
{
    /// <summary>Writes a network's parameters and buffers, from whatever device they are on.</summary>
    /// <param name="module">The network.</param>
    /// <param name="path">The file, usually <c>.pth</c>; replaced if it exists.</param>
    /// <exception cref="ModelGenException">The file can't be written, or a tensor has an element type that it can't hold.</exception>
    public static void Save(nn.Module module, string path) => PthFile.Write(path, ModuleState.Read(module));

    /// <summary>
    /// Reads a file into a network. The values are copied into the tensors that the network has, so an optimizer made before goes on
    /// working. A file that doesn't fit changes nothing.
    /// </summary>
    /// <param name="module">The network.</param>
    /// <param name="path">The file: a state_dict, or a checkpoint that a run left, of which the network's part is taken.</param>
    /// <returns>What a person should know although it is no mistake, such as <c>converted 6 tensors from float16 to float32</c>.</returns>
    /// <exception cref="ModelGenException">The file can't be read, or doesn't fit the network: the message lists the differences.</exception>
    public static IReadOnlyList<string> Load(nn.Module module, string path) =>
        ModuleState.Copy(CheckpointFile.ReadWeights(path), module, path);
}

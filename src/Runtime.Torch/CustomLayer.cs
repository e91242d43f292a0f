using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>Checks a module that a network has as a layer: its output has the shape that the spec declares, on which all layers behind it are built.</summary>
public static class CustomLayer
{
    /// <summary>Runs the module once, on zeros, in eval mode and without gradients.</summary>
    /// <typeparam name="TModule">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="input">The sizes of its input without the batch.</param>
    /// <param name="output">The sizes that the spec declares for its output.</param>
    /// <param name="indices">Whether its input holds whole numbers (int64) rather than real ones.</param>
    /// <returns>The module itself.</returns>
    /// <exception cref="ModelGenException">It gives another shape, or refuses the input; it is disposed then.</exception>
    public static TModule Checked<TModule>(TModule module, ReadOnlySpan<long> input, ReadOnlySpan<long> output, bool indices = false)
        where TModule : nn.Module<Tensor, Tensor>
    {
        ArgumentNullException.ThrowIfNull(module);
        var (taken, declared) = (Text(input), Text(output));
        var wasTraining = module.training;
        try
        {
            using var noGradients = no_grad();
            using var zero = Zeros([2, .. input], indices);
            module.eval();
            using var given = module.call(zero);
            if (ReferenceEquals(given, zero))
                throw new ModelGenException($"The module {module.GetType().Name} gives the tensor that it received, which the network frees: let it give input.alias().");
            if (!given.shape.AsSpan(1).SequenceEqual(output) || given.shape[0] != 2)
                throw new ModelGenException($"The module {module.GetType().Name} is declared to give {declared} for {taken}, but gives {Text(given.shape.AsSpan(1))}: correct 'output' in the spec, or the module.");
            module.train(wasTraining);
            return module;
        }
        catch (Exception refusal) when (refusal is System.Runtime.InteropServices.ExternalException or ArgumentException)
        {
            module.Dispose();
            throw new ModelGenException(
                $"The module {module.GetType().Name} refuses the input {taken} that the network gives it: {refusal.Message.Split('\n')[0]}",
                refusal);
        }
        catch
        {
            module.Dispose();
            throw;
        }

        static Tensor Zeros(long[] sizes, bool indices) => TorchSharp.torch.zeros(sizes, indices ? ScalarType.Int64 : ScalarType.Float32);

        static string Text(ReadOnlySpan<long> sizes) => $"[N, {string.Join(", ", sizes.ToArray())}]";
    }
}

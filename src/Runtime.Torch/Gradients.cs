using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>What is done with gradients between the backward pass and the optimizer's step. Nothing here waits for the device.</summary>
public static class Gradients
{
    /// <summary>PyTorch's guard against a division by zero.</summary>
    private const double Eps = 1e-6;

    /// <summary>Adds a batch's share of a mean over several batches to the gradients.</summary>
    /// <param name="loss">The batch's mean loss: <c>[]</c>.</param>
    /// <param name="batches">The batches of the mean, at least 1.</param>
    public static void Accumulate(Tensor loss, int batches)
    {
        ArgumentNullException.ThrowIfNull(loss);
        using var count = ((double)batches).ToScalar();
        using var share = loss.div(count);
        share.backward();
    }

    /// <summary>
    /// Shortens all gradients together, as one vector, to a length, as PyTorch's <c>clip_grad_norm_</c>. The factor stays on the device: reading it
    /// there would wait for the whole backward pass.
    /// </summary>
    /// <param name="parameters">The parameters; those without a gradient are left out.</param>
    /// <param name="max">The length, above 0.</param>
    public static void ClipNorm(IReadOnlyList<(string Name, Tensor Tensor)> parameters, double max)
    {
        using var noGradients = torch.no_grad();
        using var scope = NewDisposeScope();
        var gradients = Of(parameters);
        if (gradients.Count == 0)
            return;
        using var eps = Eps.ToScalar();
        using var length = max.ToScalar();
        using var one = 1.0.ToScalar();
        var norm = torch.linalg.vector_norm(torch.stack(gradients.Select(gradient => torch.linalg.vector_norm(gradient))));
        var factor = norm.add_(eps).reciprocal_().mul_(length).clamp_max_(one);
        foreach (var gradient in gradients)
            gradient.mul_(factor);
    }

    /// <summary>Cuts each value of each gradient to a range, as PyTorch's <c>clip_grad_value_</c>.</summary>
    /// <param name="parameters">The parameters; those without a gradient are left out.</param>
    /// <param name="max">The largest value, above 0; the smallest is its negative.</param>
    public static void ClipValue(IReadOnlyList<(string Name, Tensor Tensor)> parameters, double max)
    {
        using var noGradients = torch.no_grad();
        using var scope = NewDisposeScope();
        using var low = (-max).ToScalar();
        using var high = max.ToScalar();
        foreach (var gradient in Of(parameters))
            gradient.clamp_(low, high);
    }

    private static List<Tensor> Of(IReadOnlyList<(string Name, Tensor Tensor)> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return [.. parameters.Select(parameter => parameter.Tensor.grad).OfType<Tensor>()];
    }
}

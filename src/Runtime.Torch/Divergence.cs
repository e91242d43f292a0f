using ModelGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>Stops a training whose loss is no longer a number, and says where it went wrong.</summary>
public static class Divergence
{
    /// <summary>
    /// Refuses a loss that is NaN or infinite, before it reaches the weights. On the CPU, where a loss can be read without waiting for it;
    /// on CUDA the scores are looked at when they are shown, and scores and weights before they are saved.
    /// </summary>
    /// <param name="loss">The loss of a batch: <c>[]</c>.</param>
    /// <param name="model">The network that gave it.</param>
    /// <param name="input">The batch, which is shown to it once more to find the layer.</param>
    /// <param name="step">The number of the step, from 1.</param>
    /// <exception cref="TrainingDivergedException">The loss is not finite; the message names the step and the first layer whose output is not.</exception>
    public static void Check(Tensor loss, nn.Module<Tensor, Tensor> model, Tensor input, long step)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(model);
        if (loss.device_type != DeviceType.CPU || double.IsFinite(loss.ToDouble()))
            return;
        var layer = FirstLayer(model, input) is { } name ? $"the first layer whose output is not finite is '{name}'" : "every layer's output is finite";
        throw new TrainingDivergedException(FormattableString.Invariant(
            $"Training diverged in step {step}: the loss is {loss.ToDouble()}, and {layer}; lower --learning-rate, or look at the data."));
    }

    private static string? FirstLayer(nn.Module<Tensor, Tensor> model, Tensor input)
    {
        string? first = null;
        var hooks = new List<nn.Module<Tensor, Tensor>.HookRemover>();
        foreach (var (name, module) in model.named_modules())
        {
            if (module is nn.Module<Tensor, Tensor> layer && !module.named_children().Any())
            {
                hooks.Add(layer.register_forward_hook((_, _, output) =>
                {
                    using var finite = output.isfinite();
                    if (first is null && !finite.all().item<bool>())
                        first = name;
                    return output;
                }));
            }
        }

        try
        {
            using var noGradients = no_grad();
            using var scope = NewDisposeScope();
            model.call(input);
            return first;
        }
        finally
        {
            // Whoever goes on with the network would wait for every layer.
            hooks.ForEach(hook => hook.remove());
        }
    }
}

using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>Stops a training whose loss is no longer a number, and says where it went wrong.</summary>
public static class Divergence
{
    /// <summary>Refuses a loss that is NaN or infinite, before it reaches the weights.</summary>
    /// <param name="loss">The mean loss of a batch: what <see cref="Totals.EndBatch"/> gave.</param>
    /// <param name="network">The network that gave it.</param>
    /// <param name="step">The number of the step, from 1.</param>
    /// <exception cref="TrainingDivergedException">The loss is not finite; the message names the step and the first weights that are not either.</exception>
    public static void Check(double loss, Network network, long step)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (double.IsFinite(loss))
            return;
        var weights = First(network) is { } name ? $"the first weights that are not finite are '{name}'" : "all weights are finite";
        throw new TrainingDivergedException(FormattableString.Invariant($"Training diverged in step {step}: the loss is {loss}, and {weights}; lower --learning-rate, or look at the data."));
    }

    private static string? First(Network network)
    {
        foreach (var parameter in network.Parameters)
        {
            foreach (var value in parameter.Values)
            {
                if (!float.IsFinite(value))
                    return parameter.Name;
            }
        }

        return null;
    }
}

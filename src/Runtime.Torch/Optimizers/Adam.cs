using TorchSharp.Modules;

namespace ModelGen.Torch;

/// <summary>Adam (Kingma and Ba, 2015), PyTorch's <c>torch.optim.Adam</c>. Decay is added to the gradient.</summary>
/// <param name="parameters">The parameters by their names, as <c>named_parameters()</c> gives them: after the module was moved to its device.</param>
/// <param name="beta1">How much of the gradients' mean stays at each step, from 0 to below 1.</param>
/// <param name="beta2">How much of the squares' mean stays at each step, from 0 to below 1.</param>
/// <param name="eps">Keeps the divisor from zero: above 0.</param>
/// <param name="weightDecay">Adds each weight, this many times, to its gradient: at least 0.</param>
/// <param name="decayWeightsOnly">Whether parameters of fewer than two dimensions are left out of that: biases, and what norms learn.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
public sealed class Adam(
    IEnumerable<(string name, Parameter parameter)> parameters,
    double beta1 = 0.9,
    double beta2 = 0.999,
    double eps = 1e-8,
    double weightDecay = 0,
    bool decayWeightsOnly = false)
    : AdaptiveMoments(parameters, beta1, beta2, eps, weightDecay, decayWeightsOnly, isDecoupled: false);

namespace ModelGen.Training;

/// <summary>An optimizer as PyTorch's <c>optimizer.state_dict()</c> tells of it, beside the tensors that it keeps.</summary>
/// <param name="Name">The class in <c>torch.optim</c>, such as <c>AdamW</c>; or <c>Lion</c>, which is not there.</param>
/// <param name="CountsSteps">Whether its state has each parameter's number of steps, as PyTorch's <c>step</c>; what does the same at each has none.</param>
/// <param name="Settings">
/// Its numbers, but for the learning rate and the decay, by the keys that <c>param_groups</c> has for them and in its order: a double, a bool, or an array
/// of doubles, which is a tuple there.
/// </param>
/// <param name="Parameters">All parameters of the network in the order of PyTorch's <c>parameters()</c>, those that it does not change too.</param>
public sealed record OptimizerDescription(
    string Name, bool CountsSteps, IReadOnlyList<KeyValuePair<string, object>> Settings, IReadOnlyList<OptimizedParameter> Parameters)
{
    /// <summary>
    /// The parameters that it changes as <c>param_groups</c> has them: one group, or where the decay takes hold of weights alone those first and then the
    /// others, as is usual in PyTorch, which has one decay for a group.
    /// </summary>
    internal IReadOnlyList<IGrouping<double, OptimizedParameter>> Groups =>
        [.. Parameters.Where(parameter => parameter.IsTrained).GroupBy(parameter => parameter.WeightDecay).OrderByDescending(group => group.Key)];
}

/// <summary>A parameter of a network, as an optimizer sees it.</summary>
/// <param name="Name">Its key in the state_dict.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="IsTrained">Whether the optimizer changes it: not one that is frozen.</param>
/// <param name="WeightDecay">How strongly it is pulled towards zero, at least 0.</param>
public sealed record OptimizedParameter(string Name, IReadOnlyList<long> Shape, bool IsTrained, double WeightDecay);

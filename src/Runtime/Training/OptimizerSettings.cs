namespace ModelGen.Training;

/// <summary>
/// What <c>param_groups</c> has of each optimizer of <c>torch.optim</c>, but for <c>lr</c> and <c>weight_decay</c>, which all have. What ours does not do is
/// there as off: a file that has it on is then told to differ.
/// </summary>
/// <param name="Name">The class.</param>
/// <param name="CountsSteps">Whether its state has each parameter's number of steps; what does the same at each has none.</param>
/// <param name="Values">The numbers by their keys.</param>
internal sealed record OptimizerSettings(string Name, bool CountsSteps, KeyValuePair<string, object>[] Values)
{
    public static OptimizerSettings SGD(double momentum, bool nesterov) =>
        new("SGD", CountsSteps: false, [new("momentum", momentum), new("dampening", 0.0), new("nesterov", nesterov), new("maximize", false)]);

    /// <summary>Adam's and AdamW's; since PyTorch 2.7 the one is the other with a word.</summary>
    public static OptimizerSettings Adam(double beta1, double beta2, double eps, bool isDecoupled) => new(
        isDecoupled ? "AdamW" : "Adam",
        CountsSteps: true,
        [new("betas", new[] { beta1, beta2 }), new("eps", eps), new("amsgrad", false), new("maximize", false), new("decoupled_weight_decay", isDecoupled)]);

    public static OptimizerSettings RMSprop(double alpha, double eps, double momentum, bool centered) =>
        new("RMSprop", CountsSteps: true, [new("momentum", momentum), new("alpha", alpha), new("eps", eps), new("centered", centered), new("maximize", false)]);

    public static OptimizerSettings Adagrad(double lrDecay, double eps, double initialAccumulatorValue) =>
        new("Adagrad", CountsSteps: true, [new("lr_decay", lrDecay), new("eps", eps), new("initial_accumulator_value", initialAccumulatorValue), new("maximize", false)]);

    /// <summary>As its authors' class has it.</summary>
    public static OptimizerSettings Lion(double beta1, double beta2) => new("Lion", CountsSteps: false, [new("betas", new[] { beta1, beta2 })]);

    /// <summary>An optimizer with them.</summary>
    /// <param name="all">The network's parameters by their keys in PyTorch's order.</param>
    /// <param name="trained">The keys of those that it changes.</param>
    /// <param name="decayOf">The decay of a parameter by its number of dimensions.</param>
    public OptimizerDescription Describe(IEnumerable<(string Name, IReadOnlyList<long> Shape)> all, IEnumerable<string> trained, Func<long, double> decayOf)
    {
        var names = trained.ToHashSet(StringComparer.Ordinal);
        return new(
            Name,
            CountsSteps,
            Values,
            [.. all.Select(item => new OptimizedParameter(item.Name, item.Shape, names.Contains(item.Name), decayOf(item.Shape.Count)))]);
    }
}

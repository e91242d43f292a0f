using System.Text.RegularExpressions;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>The part of a network that training leaves as it is, for transfer learning.</summary>
public sealed class FrozenLayers
{
    private readonly IReadOnlyList<nn.Module> _norms;

    private FrozenLayers(IReadOnlyList<nn.Module> norms) => _norms = norms;

    /// <summary>Takes the gradients from parameters by their keys. Optimizers made behind it leave them out.</summary>
    /// <param name="network">The network, on its device.</param>
    /// <param name="patterns">Patterns of keys in the state_dict, where <c>*</c> stands for any letters: <c>features.*</c>.</param>
    /// <exception cref="ModelGenException">A pattern meets no parameter, or no parameter is left.</exception>
    public static FrozenLayers Freeze(nn.Module network, params string[] patterns)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(patterns);
        var expressions = patterns
            .Select(pattern => new Regex(
                $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$",
                RegexOptions.CultureInvariant | RegexOptions.Singleline))
            .ToList();
        var parameters = network.named_parameters().ToList();
        if (patterns.Zip(expressions).FirstOrDefault(item => !parameters.Any(parameter => item.Second.IsMatch(parameter.name))) is { First: { } idle })
            throw new ModelGenException($"'{idle}' in freeze meets none of the network's parameters, such as {parameters[0].name}: write a pattern of their keys.");
        foreach (var (_, parameter) in parameters.Where(item => IsFrozen(item.name)))
            parameter.requires_grad = false;
        if (parameters.All(item => !item.parameter.requires_grad))
            throw new ModelGenException("All parameters are frozen, so there is nothing to train: leave out a pattern of freeze.");

        // Also one without parameters has running statistics, which move in training.
        return new FrozenLayers(
            [.. ModuleState.Modules(network, "")
                .Where(item => item.Module is NormBase && (IsFrozen(item.Path + ".weight") || IsFrozen(item.Path + ".running_mean")))
                .Select(item => item.Module)]);

        bool IsFrozen(string key) => expressions.Any(expression => expression.IsMatch(key));
    }

    /// <summary>Lets the frozen batch norms use their running statistics and not change them; called behind each <c>train()</c> of the network.</summary>
    public void Evaluate()
    {
        foreach (var norm in _norms)
            norm.eval();
    }
}

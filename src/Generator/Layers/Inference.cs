using ModelGen.Diagnostics;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>What a shape rule says: the output's shape, or which rule the input breaks and how.</summary>
/// <param name="Shape">The output's shape; null when there is none.</param>
/// <param name="Rule">The broken rule; null when there is none.</param>
/// <param name="Parameter">The parameter to blame and to point at, or null for the layer itself.</param>
/// <param name="Arguments">What the rule's message says behind the layer's name and keyword.</param>
internal sealed record Inference(TensorShape? Shape, Rule? Rule, Parameter? Parameter, string[] Arguments)
{
    public static implicit operator Inference(TensorShape shape) => new(shape, null, null, []);

    public static Inference Broken(Rule rule, Parameter? parameter, params string[] arguments) => new(null, rule, parameter, arguments);

    /// <summary>The input has another rank than <paramref name="taken"/>, such as <c>[N, C, H, W]</c>.</summary>
    public static Inference WrongRank(string taken, TensorShape input, string hint = "") => Broken(Rules.WrongRank, null, taken, input.ToString(), hint);
}

using System.Globalization;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>What a shape rule says: the output's shape, or which rule the input breaks and how.</summary>
/// <param name="Shape">The output's shape; null when there is none.</param>
/// <param name="Rule">The broken rule; null when there is none.</param>
/// <param name="Parameter">The parameter to blame and to point at, or null for the layer itself.</param>
/// <param name="Arguments">What the rule's message says behind the layer's name, its keyword and what it receives.</param>
/// <param name="Fixes">What may mend it, the best first, as edits in which this layer is number 0. Only what the graph bears out is named.</param>
internal readonly record struct Inference(TensorShape? Shape, Rule? Rule, Parameter? Parameter, string[] Arguments, Fix[] Fixes)
{
    public static implicit operator Inference(TensorShape shape) => new(shape, null, null, [], []);

    public static Inference Broken(Rule rule, Parameter? parameter, params string[] arguments) => new(null, rule, parameter, arguments, []);

    /// <summary>The input has another rank than <paramref name="taken"/>, such as <c>[N, C, H, W]</c>.</summary>
    public static Inference WrongRank(string taken, params Fix[] fixes) => Broken(Rules.WrongRank, null, taken) with { Fixes = fixes };

    /// <summary>The spec states a size that follows from the input, and states it wrong; null when it is right or not stated.</summary>
    public static Inference? Declared(Settings settings, Parameter<long> parameter, long received)
    {
        if (!settings.Has(parameter) || settings.Get(parameter) == received)
            return null;
        return Broken(Rules.DeclaredSizeDiffers, parameter, parameter.Name, Text(settings.Get(parameter))) with
        {
            Fixes =
            [
                Fix.Of($"remove {parameter.Name}", new SetLayerSetting(parameter.Name, null)),
                Fix.Of($"write {Text(received)}", new SetLayerSetting(parameter.Name, SpecValue.Of(received))),
            ],
        };
    }

    /// <summary>A parameter names a dimension that the input does not have, or that is its batch.</summary>
    public static Inference NoDimension(Parameter parameter, long dimension, TensorShape input, string more = "") =>
        Broken(
        Rules.DimensionOutOfRange, parameter, parameter.Name, Text(dimension),
        (input.Rank == 2 ? "only dimension behind the batch is 1" : "dimensions behind the batch are 1 to " + Text(input.Rank - 1)) + more);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

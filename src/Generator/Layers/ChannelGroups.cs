using System.Globalization;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>Channels in groups that don't see each other, as convolutions have them: the number divides the input's and the output's channels.</summary>
internal static class ChannelGroups
{
    /// <summary>What is wrong with their number; null when it divides both.</summary>
    public static Inference? Check(Parameter<long> parameter, long groups, long input, long output)
    {
        if (input % groups != 0)
            return Indivisible(parameter, groups, "input", input, output);
        return output % groups != 0 ? Indivisible(parameter, groups, "output", output, input) : null;
    }

    private static Inference Indivisible(Parameter<long> parameter, long groups, string side, long channels, long others)
    {
        var divisor = CommonDivisor.Below(groups, channels, others);
        return Inference.Broken(Rules.NotDivisible, parameter, string.Format(
            CultureInfo.InvariantCulture, "groups {0} does not divide the {1} {2} channels, {1} = {3} * {0} + {4}",
            groups, channels, side, channels / groups, channels % groups)) with
        {
            Fixes =
            [
                divisor == 1
                    ? Fix.Of("remove groups", new SetLayerSetting(parameter.Name, null))
                    : Fix.Of("write groups " + CSharpLiteral.Of(divisor), new SetLayerSetting(parameter.Name, SpecValue.Of(divisor))),
            ],
        };
    }
}

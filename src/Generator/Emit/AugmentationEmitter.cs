using System.Collections.Generic;
using System.Linq;
using ModelGen.Training;

namespace ModelGen.Emit;

/// <summary>Writes what is done to training images as a list.</summary>
internal static class AugmentationEmitter
{
    private const string Data = "global::ModelGen.Data.";

    public static void Emit(CodeWriter writer, AugmentationPlan plan)
    {
        writer.Write($$"""

            private {{Data}}Augmentation Augmented(int epoch) => new(
                _seed,
                epoch,
                {{string.Join(",\n    ", Steps(plan))}});
            """);
    }

    private static IEnumerable<string> Steps(AugmentationPlan plan)
    {
        if (plan.RandomCrop > 0)
            yield return $"new {Data}RandomCrop(padding: {CSharpLiteral.Of(plan.RandomCrop)})";
        if (plan.IsAffine)
        {
            var amounts = new[] { ("rotate", plan.Rotate), ("shift", plan.Shift), ("scale", plan.Scale), ("shear", plan.Shear) };
            yield return $"new {Data}Affine({string.Join(", ", amounts.Where(amount => amount.Item2 > 0).Select(amount => $"{amount.Item1}: {CSharpLiteral.Of(amount.Item2)}"))})";
        }

        if (plan.HorizontalFlip)
            yield return $"new {Data}HorizontalFlip()";
        if (plan.VerticalFlip)
            yield return $"new {Data}VerticalFlip()";
        if (plan.Brightness > 0)
            yield return $"new {Data}Brightness({CSharpLiteral.Of(plan.Brightness)})";
        if (plan.Contrast > 0)
            yield return $"new {Data}Contrast({CSharpLiteral.Of(plan.Contrast)})";
        if (plan.Erase > 0)
            yield return $"new {Data}Erase(probability: {CSharpLiteral.Of(plan.Erase)})";
    }
}

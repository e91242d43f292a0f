using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>Labelled images, each with one class.</summary>
internal sealed class ImageFolder : DataSourceKind
{
    // One may well divide by 2, but what belongs to values of 0 to 255 is larger: even of MNIST's digits, which are mostly black, the mean is 33.
    private const long MostOfUnit = 10;

    public override string Keyword => "image_folder";

    public override string Doc => "A folder with one sub-folder of images per class, or MNIST's IDX files";

    public override IReadOnlyList<Parameter> Parameters => TrainingParameters.ImageFolder;

    public override IReadOnlyList<Parameter> Seen => TrainingParameters.Seen;

    public override Parameter<long> TrainCount => TrainingParameters.TrainImages;

    public override bool HasClasses(Settings data) => true;

    public override IEnumerable<Finding> Check(Settings data, LossKind? loss, FlatNetwork? network)
    {
        if (Unscaled(data) is { } unscaled)
            yield return unscaled;
        if (loss is { Task.HasClasses: false })
        {
            yield return Finding.Of(
                Rules.DataSettings, LossKind.Path,
                $"The loss '{loss.Keyword}' learns {loss.Task.Learns}, but {Keyword} has images with one class each")
                .WithFixes(Use(Losses, network, data));
        }
    }

    /// <summary>Means and deviations of images whose values are 0 to 255: here they are 0 to 1 when they are normalised.</summary>
    private static Finding? Unscaled(Settings data)
    {
        var wrong = new[] { TrainingParameters.Mean, TrainingParameters.Std }
            .FirstOrDefault(setting => data.Has(setting) && data.Get(setting).Any(value => value > MostOfUnit));
        return wrong is null ? null : Finding.Of(
            Rules.OutOfRange, "data." + wrong.Name, wrong.Name, "image_folder", $"[{string.Join(", ", data.Get(wrong).Select(CSharpLiteral.Of))}]",
            $"numbers of at most {CSharpLiteral.Of(MostOfUnit)}, because an image's values are 0 to 1 before they are normalised: divide those for values of 0 to 255 by 255");
    }

    public override Finding? CheckInput(TensorShape input, string path, Settings? data) =>
        input.IsIndices || input.Rank != 4 || input[0] is not (1 or 3)
            ? Finding.Of(Rules.InputNotImage, path, input.IsIndices ? Indices(input) : input.ToString()).WithFixes(AsImage(input))
            : null;

    /// <summary>The image that was meant: one without its channel, one whose channels stand last, as in Keras, or one that is a row already.</summary>
    private static IEnumerable<Fix> AsImage(TensorShape input)
    {
        if (input.IsIndices)
            yield break;
        if (input.Rank == 3)
            yield return Write(1, input[0], input[1]);
        if (input is { Rank: 4 } && input[2] is 1 or 3)
            yield return Write(input[2], input[0], input[1]);
        foreach (var channels in input.Rank == 2 ? new long[] { 1, 3 } : [])
        {
            var side = (long)System.Math.Round(System.Math.Sqrt(input[0] / (double)channels));
            if (side > 1 && channels * side * side == input[0])
            {
                var write = Write(channels, side, side);
                yield return Fix.Of(write.Words + " and begin with flatten", [.. write.Edits, new InsertLayer(LayerPlace.OfNetwork(0), SectionSpec.Of("flatten"))]);
            }
        }

        static Fix Write(params long[] sizes) => Fix.Of(
            $"write the input as [{string.Join(", ", sizes.Select(CSharpLiteral.Of))}]",
            new SetInput(ModelSpec.InputShape, SpecValue.OfNumbers(sizes)));
    }

    public override TrainingPlan Complete(TrainingPlan plan, Settings data) => plan with
    {
        SkipUnreadable = data.Get(TrainingParameters.SkipUnreadable),
        Resize = data.Get(TrainingParameters.Resize),
        Augmentation = AugmentationPlan.Of(data),
    };

    public override TrainingPlan StandIn(Recipe recipe, SectionSpec section) =>
        new(recipe.Loss.Task.HasClasses ? recipe : recipe with { Loss = Losses.First() }, Classes: 1) { ClassNames = [] };

    private static IEnumerable<LossKind> Losses => TrainingCatalogue.Losses.Where(loss => loss.Task.HasClasses);
}

using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>Labelled images, each with one class.</summary>
internal sealed class ImageFolder : DataSourceKind
{
    public override string Keyword => "image_folder";

    public override string Doc => "A folder with one sub-folder of images per class, or MNIST's IDX files";

    public override IReadOnlyList<Parameter> Parameters => TrainingParameters.ImageFolder;

    public override IReadOnlyList<Parameter> Seen => TrainingParameters.Seen;

    public override Parameter<long> TrainCount => TrainingParameters.TrainImages;

    public override bool HasClasses(Settings data) => true;

    public override IEnumerable<Finding> Check(Settings data, LossKind? loss, FlatNetwork? network)
    {
        if (loss is { Task.HasClasses: false })
        {
            yield return Finding.Of(
                Rules.DataSettings, LossKind.Path,
                $"The loss '{loss.Keyword}' learns {loss.Task.Learns}, but {Keyword} has images with one class each")
                .WithFixes(Use(Losses, network, data));
        }
    }

    public override Finding? CheckInput(TensorShape input, string path, Settings? data) =>
        input.IsIndices || input.Rank != 4 || input[0] is not (1 or 3)
            ? Finding.Of(Rules.InputNotImage, path, input.IsIndices ? Indices(input) : input.ToString())
            : null;

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

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>Rows of numbers, each with a class or with numbers to predict.</summary>
internal sealed class Csv : DataSourceKind
{
    private static readonly Parameter<string> Label = Parameter.Text("label", "The column with the class of a row; its values are the classes, in ordinal order", "none");
    private static readonly Parameter<IReadOnlyList<string>> Targets = Parameter.Texts("targets", "The columns with the numbers to predict", "none");
    private static readonly Parameter<IReadOnlyList<string>> Features = Parameter.Texts(
        "features", "The columns that the network sees, in its order", "all others, in the file's order");
    private static readonly Parameter<string> Delimiter = Parameter.Sign("delimiter", "What stands between two values", ",");
    private static readonly Parameter<bool> Header = Parameter.Flag(
        "header", "Whether the first line names the columns; without it they are column1, column2 and so on", true);
    private static readonly Parameter<long> TrainRows = Parameter.Integer(
        "train_rows", "How many training rows there are, for what the build can check; a run takes what it finds", 1, fallbackWords: "unknown");

    public override string Keyword => "csv";

    public override string Doc => "CSV files of numbers, with a column that is the class or with columns that are to be predicted";

    public override IReadOnlyList<Parameter> Parameters { get; } =
        [Label, Targets, Features, Delimiter, Header, TrainingParameters.Classes, TrainRows, TrainingParameters.Mean, TrainingParameters.Std];

    public override IReadOnlyList<Parameter> Seen { get; } = [Label, Targets, Features, TrainingParameters.Mean, TrainingParameters.Std];

    public override Parameter<long> TrainCount => TrainRows;

    public override bool HasClasses(Settings data) => data.Has(Label);

    public override IEnumerable<Finding> Check(Settings data, LossKind? loss, FlatNetwork? network)
    {
        var (hasLabel, hasTargets) = (data.Has(Label), data.Has(Targets));
        // One output in place of classes says whether a label holds.
        var others = TrainingCatalogue.Losses
            .Where(other => other.Task.HasClasses == hasLabel)
            .OrderBy(other => network is { GivesOne: true } && other.Task != TaskKind.MultiLabel)
            .ThenBy(other => !other.IsUsual);
        var losses = Use(others, network, data);
        if (hasLabel && hasTargets)
            yield return Wrong(Targets, "'label' and 'targets' are both set, and a row has either a class or numbers").WithFixes([Remove(Targets), Remove(Label)]);
        else if (!hasLabel && !hasTargets)
            yield return Missing(loss);
        else if (loss is { Task.HasClasses: true } && hasTargets)
            yield return Wrong(
                Targets,
                $"The loss '{loss.Keyword}' learns {loss.Task.Learns}, so the data needs a 'label', a column of classes, and no 'targets', which are columns of numbers")
                .WithFixes(losses);
        else if (loss is { Task.HasClasses: false } && hasLabel)
            yield return Wrong(
                Label,
                $"The loss '{loss.Keyword}' learns {loss.Task.Learns}, so the data needs 'targets', columns of numbers, and no 'label', which is a column of classes")
                .WithFixes(losses);
        if (!hasLabel && hasTargets && data.Has(TrainingParameters.Classes))
            yield return Wrong(TrainingParameters.Classes, "'classes' are the values of the column 'label', and none is named")
                .WithFixes([Remove(TrainingParameters.Classes)]);
        for (var i = 0; i < data.Get(Features).Count; i++)
        {
            var name = data.Get(Features)[i];
            if (data.Get(Targets).Contains(name) || (hasLabel && data.Get(Label) == name))
                yield return Wrong(
                    new LayerPlace(Features.Name, i).Path,
                    $"The column '{SpecValue.Shorten(name)}' is a feature, and also what the network is to find out: it would read the answer");
        }
    }

    public override Finding? CheckInput(TensorShape input, string path, Settings? data)
    {
        if (input.IsIndices)
            return Finding.Of(Rules.InputNotTable, path, "A table has real numbers (float32)", Indices(input));
        if (input.Rank != 2)
            return Finding.Of(Rules.InputNotTable, path, "A row of a table has the shape [F], of one number per feature", input.ToString());
        if (data is null || !data.Has(Features) || data.Get(Features).Count == input[0])
            return null;
        var count = data.Get(Features).Count;
        return Finding.Of(
            Rules.InputNotTable, path,
            $"The data has {count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? "feature" : "features")} ({TrainingPlan.Named(data.Get(Features))})",
            input.ToString())
            .WithFixes([Fix.Of(
                $"write the input as [{count.ToString(CultureInfo.InvariantCulture)}]",
                new SetInput(ModelSpec.InputShape, SpecValue.OfNumbers([count])))]);
    }

    public override TrainingPlan Complete(TrainingPlan plan, Settings data) => plan with
    {
        Table = new TablePlan(
            data.Has(Label) ? data.Get(Label) : null,
            data.Get(Targets),
            data.Has(Features) ? data.Get(Features) : null,
            data.Get(Delimiter)[0],
            data.Get(Header)),
    };

    public override TrainingPlan StandIn(Recipe recipe, SectionSpec section)
    {
        var targets = section.Find(Targets.Name) is { } value && Targets.Read(value) is IReadOnlyList<string> names ? names : ["target"];
        var isLabelled = recipe.Loss.Task.HasClasses;
        return new TrainingPlan(recipe, Classes: isLabelled ? 1 : targets.Count)
        {
            ClassNames = isLabelled ? [] : null,
            Table = new TablePlan(isLabelled ? "" : null, isLabelled ? [] : targets, null, ',', true),
        };
    }

    private Finding Missing(LossKind? loss) => loss is { Task.HasClasses: false }
        ? Finding.Of(Rules.MissingProperty, "data", Keyword, Targets.Name, Targets.Expected)
        : Finding.Of(
            Rules.MissingProperty, "data", Keyword, Label.Name,
            loss is null
                ? "the column of the class, or 'targets' the columns of numbers to predict"
                : "the column with the class of a row");

    private static Finding Wrong(Parameter setting, string words) => Wrong(setting.Name, words);

    private static Finding Wrong(string place, string words) => Finding.Of(Rules.DataSettings, "data." + place, words);

    private static Fix Remove(Parameter setting) => Fix.Of("remove " + setting.Name, new SetSectionSetting("data", setting.Name, null));
}

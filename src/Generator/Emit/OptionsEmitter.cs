using System.Collections.Generic;
using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Emit;

/// <summary>Writes the options of a training run: a record whose defaults are the spec's.</summary>
internal static class OptionsEmitter
{
    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, TrainingPlan plan) =>
        GeneratedFile.Of(spec, "Options", (null, ""), usings: [], writer => writer.Write($$"""
            /// <summary>What a training run of <see cref="{{CSharpWord.EscapeType(graph.Name)}}"/> may set. The defaults are the spec's.</summary>
            public sealed record Options : global::ModelGen.Training.TrainingOptions
            {
                /// <summary>How often the whole training set is shown, at least 1. Default: {{CSharpLiteral.Of(plan.Recipe.Epochs)}}.</summary>
                public override int Epochs { get; init; } = {{CSharpLiteral.Of(plan.Recipe.Epochs)}};

                /// <summary>{{(plan.Table is null ? "Images" : "Rows")}} per {{(plan.Recipe.Accumulate > 1 ? "batch" : "optimisation step")}}, at least 1. Default: {{CSharpLiteral.Of(plan.Recipe.BatchSize)}}.</summary>
                public override int BatchSize { get; init; } = {{CSharpLiteral.Of(plan.Recipe.BatchSize)}};

                /// <summary>The optimizer's step size{{(plan.Recipe.IsScheduled ? ", which the schedule multiplies" : "")}}, above 0. Default: {{CSharpLiteral.Of(plan.Recipe.LearningRate)}}.</summary>
                public override double LearningRate { get; init; } = {{CSharpLiteral.Of(plan.Recipe.LearningRate)}};

                /// <summary>The folder that receives the weights and the figures. Default: runs/{{graph.Title}}.</summary>
                public override string Out { get; init; } = "runs/{{graph.Title}}";
                {{BySpec(plan)}}
            }
            """));

    /// <summary>What no run may set, where the spec says more than the defaults.</summary>
    private static List<string> BySpec(TrainingPlan plan)
    {
        var lines = new List<string>();
        if (plan.Table is not null || !plan.Augmentation.IsNone)
            lines.AddRange(
            [
                "",
                $"/// <summary>False: {(plan.Table is null ? "augmented images" : "rows")} are prepared on the host.</summary>",
                "protected override bool CanReside => false;"
            ]);
        if (plan.Recipe.ValidationShare is { } share)
            lines.AddRange(
            [
                "",
                "/// <summary>The share of the training set that is held out to judge epochs by.</summary>",
                $"protected override double ValidationShare => {CSharpLiteral.Of(share)};"
            ]);
        return lines;
    }
}

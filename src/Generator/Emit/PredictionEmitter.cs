using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Training;

namespace ModelGen.Emit;

/// <summary>Writes what a network says of a sample: a class and how likely it is, or a number for each target.</summary>
internal static class PredictionEmitter
{
    // What a record has already, and its own name.
    private static readonly string[] Taken =
    [
        "Prediction", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize", "ReferenceEquals",
        .. NetworkOutputs.RecordMembers
    ];

    /// <summary>The properties of a prediction, one for each target.</summary>
    public static IReadOnlyList<string> Members(TablePlan table) => ClassMembers.Of(table.Targets, Taken);

    public static void Emit(CodeWriter writer, TrainingPlan plan)
    {
        var (sample, words) = plan.Table is null ? ("image", "What an image can show") : ("row", "What a row can come to");
        if (plan.Task.HasClasses)
            EmitClass(writer, plan, sample, words);
        else
            EmitNumbers(writer, plan, plan.Table!);
    }

    /// <summary>What a sample is taken for, and the classes where the spec names them.</summary>
    /// <param name="writer">Where it is written.</param>
    /// <param name="plan">The classes.</param>
    /// <param name="sample">What a sample is called.</param>
    /// <param name="words">What the classes are, for their doc comment.</param>
    private static void EmitClass(CodeWriter writer, TrainingPlan plan, string sample, string words)
    {
        if (plan.ClassNames is { } names)
            EmitClasses(writer, names, words);
        writer.Write($$"""
            /// <summary>What the network takes one {{sample}} for.</summary>
            /// <param name="Label">The most likely class{{(plan.ClassNames is null ? $": 0 to {CSharpLiteral.Of(plan.Classes - 1)}" : "")}}.</param>
            /// <param name="Confidence">How likely the network finds it: 0 to 1.</param>
            public readonly record struct Prediction({{(plan.ClassNames is null ? "int" : "Label")}} Label, float Confidence);

            """);
    }

    private static void EmitNumbers(CodeWriter writer, TrainingPlan plan, TablePlan table)
    {
        var members = Members(table);
        writer.Write("/// <summary>What the network predicts for one row.</summary>");
        for (var i = 0; i < members.Count; i++)
            writer.Write($"/// <param name=\"{members[i]}\">{XmlDoc.Escape(table.Targets[i])}{(plan.Task.Range is null ? "" : ": a probability, 0 to 1")}.</param>");
        writer.Write($"public readonly record struct Prediction({string.Join(", ", members.Select(member => $"float {member}"))});");
        writer.Line();
    }

    private static void EmitClasses(CodeWriter writer, IReadOnlyList<string> names, string words)
    {
        writer.Write($"""
            /// <summary>{words}, in the order of the labels.</summary>
            public enum Label
            """);
        using (writer.Braces())
        {
            var members = ClassMembers.Of(names);
            for (var i = 0; i < names.Count; i++)
            {
                if (i > 0)
                    writer.Line();
                writer.Write($"""
                    /// <summary>{XmlDoc.Escape(names[i])}.</summary>
                    {members[i]} = {CSharpLiteral.Of(i)},
                    """);
            }
        }

        writer.Line();
    }
}

using System.Collections.Generic;
using System.Linq;
using ModelGen.Training;

namespace ModelGen.Emit;

/// <summary>Writes what the columns of a table are.</summary>
internal static class TableWords
{
    public static void WriteFormat(CodeWriter writer, TrainingPlan plan, TablePlan table) => writer.Write($$"""
        /// <summary>What the columns of a file are to the network.</summary>
        public static global::ModelGen.Data.TableFormat Format { get; } = new()
        {
            {{Format(plan, table)}}
        };

        """);

    private static IReadOnlyList<string> Format(TrainingPlan plan, TablePlan table) =>
    [
        .. new[]
        {
            table.Label is { } label ? $"Label = {CSharpLiteral.Of(label)}," : null,
            table.Targets.Count > 0 ? $"Targets = [{string.Join(", ", table.Targets.Select(CSharpLiteral.Of))}]," : null,
            table.Features is { } features ? $"Features = [{string.Join(", ", features.Select(CSharpLiteral.Of))}]," : null,
            plan.ClassNames is null ? null : "Classes = ClassNames,",
            table.Delimiter == ',' ? null : $"Delimiter = {CSharpLiteral.Of(table.Delimiter)},",
            table.HasHeader ? null : "HasHeader = false,",
            plan.Task.Range is { } range ? $"Range = global::ModelGen.Data.TargetRange.{range}," : null,
        }.OfType<string>(),
    ];
}

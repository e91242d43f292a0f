using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Emit.CSharp;

/// <summary>Writes statements on buffers: the loops over samples, and the calls that take all of them.</summary>
internal static class PhaseEmitter
{
    /// <summary>What a method does for the samples first to end of one worker.</summary>
    public static void WriteRuns(CodeWriter writer, Phase phase)
    {
        var last = phase.Statements[0];
        foreach (var run in phase.Runs)
        {
            if (run[0] != phase.Statements[0] && !(run[0].IsRows && last.IsRows))
                writer.Line();
            last = run[0];
            if (run[0].IsRows)
            {
                Write(writer, run[0]);
                continue;
            }

            writer.Write("for (var n = first; n < end; n++)");
            using (writer.Braces())
            {
                foreach (var statement in run)
                    Write(writer, statement);
            }
        }
    }

    private static void Write(CodeWriter writer, Statement statement) =>
        writer.Write($"{statement.Call}({string.Join(", ", statement.Arguments.Select(argument => Argument(argument, statement.IsRows)))});");

    private static string Argument(object argument, bool isRows) => argument switch
    {
        Buffer buffer => $"{buffer.Name}{(isRows ? ".Rows(first, end - first)" : buffer.Target.IsLocal ? "[worker]" : "[n]")}",
        All all => $"{all.Buffer.Name}.Rows(0, _count)",
        _ => (string)argument,
    };

    /// <summary>The fields that hold buffers, with their shapes and sizes.</summary>
    public static void WriteFields(CodeWriter writer, IReadOnlyList<Buffer> buffers)
    {
        foreach (var buffer in buffers)
            writer.Write($"private readonly global::ModelGen.Cpu.Buffer {buffer.Name}; // {buffer.Shape}, {(buffer.SameAs is { } other ? $"in the place of {other.Name}" : SummaryTable.Bytes(4 * buffer.Length))}");
    }
}

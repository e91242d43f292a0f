using System.Linq;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Emit.CSharp;

/// <summary>Writes what computes the network for one sample after the other, without allocating.</summary>
internal static class WorkspaceEmitter
{
    private const string Span = "global::System.ReadOnlySpan<float>";
    private const string Memory = "global::System.Memory<float>";
    private const string Allocate = "global::ModelGen.Cpu.AlignedMemory.Allocate";

    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, InferenceSchedule schedule)
    {
        var type = CSharpWord.EscapeType(graph.Name);
        var weights = schedule.Prepared.Count == 0 ? ""
            : schedule.Folds ? "the weights in the kernels' own order, batch norms folded into\n/// the convolutions before them, and "
            : "the weights in the kernels' own order, and\n/// ";
        return GeneratedFile.Of(spec, "Workspace", (null, ""), usings: KernelWords.Usings, writer =>
        {
            writer.Write($"""
                /// <summary>
                /// Computes the network for one sample after the other, as one that no longer learns: {weights}memory for all values, {SummaryTable.Bytes(4 * schedule.Memory.LocalLength)}. Once made it allocates nothing. It serves one thread at a time; any number may share
                /// a network.
                /// </summary>
                public sealed class Workspace
                """);
            using (writer.Braces())
            {
                writer.Write($"private readonly {type} _model;");
                writer.Write($"private readonly {Memory} _memory = {Allocate}({CSharpLiteral.Grouped(schedule.Memory.LocalLength)});");
                var scratch = schedule.Prepared.Select(step => new KernelWords(step).Type + ".ScratchLength").ToArray();
                if (scratch.Length > 0)
                    writer.Write($"private readonly {Memory} _scratch = {Allocate}({TrainingPassEmitter.Largest(scratch)});");
                foreach (var step in schedule.Prepared)
                    writer.Write($"private readonly {Memory} {new KernelWords(step).Field}Prepared = {Allocate}({new KernelWords(step).ForwardLength});");
                foreach (var step in schedule.Norms)
                    writer.Write($"private readonly float[] {new KernelWords(step).State} = new float[{new KernelWords(step).Type}.StateLength];");
                writer.Write($$"""

                    /// <summary>Prepares a network's weights.</summary>
                    /// <param name="model">The network. When its weights change, call <see cref="Prepare"/>.</param>
                    public Workspace({{type}} model)
                    {
                        _model = model;
                        Prepare();
                    }

                    /// <summary>Takes over the network's weights as they are now.</summary>
                    public void Prepare()
                    """);
                using (writer.Braces())
                {
                    foreach (var line in schedule.Preparation)
                        writer.Write(line);
                }

                WriteForward(writer, graph, schedule);
                writer.Line();
                writer.Write($"private void {schedule.Phase.Name}()");
                using (writer.Braces())
                {
                    foreach (var statement in schedule.Phase.Statements)
                        writer.Write(Call(statement));
                }

                foreach (var buffer in schedule.Memory.Local)
                {
                    writer.Line();
                    writer.Write($"private global::System.Span<float> {buffer.Name} => _memory.Span.Slice({CSharpLiteral.Grouped(buffer.Offset)}, {CSharpLiteral.Grouped(buffer.Length)}); // {buffer.Shape}, {SummaryTable.Bytes(4 * buffer.Length)}");
                }
            }
        });
    }

    private static void WriteForward(CodeWriter writer, ModelGraph graph, InferenceSchedule schedule)
    {
        var (inputs, outputs, isSingle) = (graph.Root.Inputs, OutputNames.Of(graph), graph.Root.Outputs.Count == 1);
        var result = isSingle ? Span : "void";
        writer.Line();
        writer.Write($"/// <summary>Computes the output{(isSingle ? "" : "s")} of one sample{(isSingle ? "" : ", which the properties then hold")}.</summary>");
        foreach (var input in inputs)
            writer.Write($"/// <param name=\"{input.Name}\">{input.Shape.OfSample()}, row-major{(input.Shape.IsIndices ? ": whole numbers" : "")}.</param>");
        if (isSingle)
            writer.Write($"/// <returns>{graph.Output.OfSample()}, row-major; valid until the next call.</returns>");
        writer.Write($"/// <exception cref=\"global::System.ArgumentOutOfRangeException\">{(inputs.Count == 1 ? "It has" : "One of them has")} another number of values.</exception>");
        string[] names = [.. inputs.Select(input => CSharpWord.Escape(input.Name))];
        writer.Write($"public {result} Forward({string.Join(", ", names.Select(name => $"{Span} {name}"))})");
        WriteBody(writer, [.. names.Select((name, i) => (name, new ImageOrder(schedule.Plan.Values[i]).In(name)))], schedule);
        for (var i = 0; i < outputs.Count && !isSingle; i++)
        {
            writer.Write($"""

                /// <summary><c>{outputs[i]}</c> of the last sample: {graph.Root.ShapeOf(graph.Root.Outputs[i]).OfSample()}, row-major.</summary>
                public {Span} {LayerName.Of(outputs[i]).Member} => {schedule.Outputs[i].Name};
                """);
        }

        if (graph.Training is not { } plan)
            return;
        var (parameter, doc) = plan.Table is null
            ? ("global::System.ReadOnlySpan<byte> pixels", $"<param name=\"pixels\">An image, {graph.Input.OfSample()}, row-major, 0 to 255.</param>")
            : ("global::System.ReadOnlySpan<float> features", $"<param name=\"features\">A row, {graph.Input.OfSample()}, as it is measured.</param>");
        writer.Write($$"""

            /// <summary>The same for a sample as the data has it.</summary>
            /// {{doc}}
            /// <returns>{{graph.Output.OfSample()}}, valid until the next call.</returns>
            /// <exception cref="global::System.ArgumentOutOfRangeException">It has another number of values.</exception>
            public {{Span}} ForwardSample({{parameter}})
            """);
        var sample = plan.Table is null ? "pixels" : "features";
        WriteBody(writer, [(sample, new InputWords(graph).OfSample(sample))], schedule);
    }

    private static void WriteBody(CodeWriter writer, (string Name, Statement Taken)[] inputs, InferenceSchedule schedule)
    {
        using (writer.Braces())
        {
            // Kernels take their sizes from the spec: of too few values they would read what lies behind them.
            for (var i = 0; i < inputs.Length; i++)
                writer.Write($"global::System.ArgumentOutOfRangeException.ThrowIfNotEqual({inputs[i].Name}.Length, {CSharpLiteral.Of(schedule.Values[i].Length)});");
            for (var i = 0; i < inputs.Length; i++)
                writer.Write(Call(inputs[i].Taken with { Arguments = [.. inputs[i].Taken.Arguments, schedule.Values[i]] }));
            writer.Write($"{schedule.Phase.Name}();");
            if (schedule.Outputs.Count == 1)
                writer.Write($"return {schedule.Outputs[0].Name};");
        }
    }

    private static string Call(Statement statement) =>
        $"{statement.Call}({string.Join(", ", statement.Arguments.Select(argument => argument is Buffer buffer ? buffer.Target.Name : (string)argument))});";
}

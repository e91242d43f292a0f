using System.Linq;
using ModelGen.Graph;
using ModelGen.Graph.Kernels;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Emit.CSharp;

/// <summary>Writes the forward and the backward pass of a training step: buffers that are made once, and phases that all workers go through together.</summary>
internal static class TrainingPassEmitter
{
    private const string Cpu = "global::ModelGen.Cpu.";

    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, TrainingPlan training, KernelPlan plan, TrainingSchedule schedule)
    {
        var loss = new LossWords(graph, training);
        var type = CSharpWord.EscapeType(graph.Name);
        var memory = schedule.Memory;
        var scratch = Scratch(plan);
        return GeneratedFile.Of(spec, "TrainingPass", (null, ""), usings: KernelWords.Usings, writer =>
        {
            writer.Write($"""
                /// <summary>
                /// Forward and backward for one batch. Its memory is made once: {SummaryTable.Bytes(4 * memory.SharedLength)} for each sample and {SummaryTable.Bytes(4 * memory.LocalLength)} for each worker; values that are not needed
                /// at the same time share it. Within a phase each worker computes its own samples, one after the other; between phases all wait for each other.
                /// </summary>
                private sealed class TrainingPass
                """);
            using (writer.Braces())
            {
                writer.Write($"""
                    private readonly {type} _model;
                    private readonly {Cpu}Team _team;
                    """);
                if (scratch.Length > 0)
                    writer.Write($"private readonly {Cpu}Buffer _scratch;");
                writer.Write("private readonly int _batchSize;");
                if (plan.HasDropout)
                    writer.Write($"private readonly {Cpu}Mt19937 _random;");
                foreach (var step in plan.Steps)
                    WriteStateFields(writer, step, plan);
                writer.Line();
                PhaseEmitter.WriteFields(writer, [.. memory.Shared, .. memory.Local, .. schedule.Aliases]);
                writer.Line();
                foreach (var phase in schedule.Phases.Where(phase => phase.Statements.Count > 0))
                    writer.Write($"private readonly global::System.Action<int> _{KernelPlan.Decapitalized(phase.Name)};");
                writer.Write($"""
                    private {DataEmitter.Batch(training)} _batch = null!; // of the step
                    private {loss.Totals} _totals = null!;
                    private int _count;
                    private double _divisor; // of the mean loss's gradient
                    """);
                if (plan.HasDropout)
                    writer.Write("private ulong _seed; // of the step's dropouts");
                writer.Line();
                WriteConstructor(writer, plan, schedule, type);
                writer.Line();
                WriteRun(writer, plan, schedule, training, loss);
                foreach (var phase in schedule.Phases.Where(phase => phase.Statements.Count > 0))
                    WritePhase(writer, phase, plan);
                writer.Line();
                WriteLoss(writer, loss);
            }
        });
    }

    private static void WriteStateFields(CodeWriter writer, KernelStep step, KernelPlan plan)
    {
        var words = new KernelWords(step);
        if (step.Kernel.Form == KernelForm.Samples)
        {
            writer.Write($"private readonly global::System.Memory<float> {words.Field}Prepared = {Cpu}AlignedMemory.Allocate({words.Type}.PreparedLength);");
            if (HasSums(step, plan))
                writer.Write($"private readonly {Cpu}Sums<float> {words.Field}Sums;");
        }
        else if (step.Kernel.Form == KernelForm.BatchNorm)
        {
            writer.Write($"private readonly float[] {words.State} = new float[{words.Type}.StateLength];");
            if (HasSums(step, plan))
                writer.Write($"private readonly {Cpu}Sums<double> {words.Field}Sums;");
        }
    }

    // What learns nothing, and stands behind nothing that learns, has no backward pass; a batch norm sums its statistics all the same, unless it is frozen.
    private static bool HasSums(KernelStep step, KernelPlan plan) =>
        step.Kernel.Form == KernelForm.BatchNorm ? !step.Kernel.IsFrozen : step.Kernel.Form == KernelForm.Samples && plan.Values[step.Output].IsTrained;

    private static void WriteConstructor(CodeWriter writer, KernelPlan plan, TrainingSchedule schedule, string type)
    {
        var memory = schedule.Memory;
        writer.Write($"public TrainingPass({type} model, int batchSize, {Cpu}Team team{(plan.HasDropout ? $", {Cpu}Mt19937 random" : "")})");
        using (writer.Braces())
        {
            writer.Write($"""
                _model = model;
                _team = team;
                _batchSize = batchSize;
                """);
            if (plan.HasDropout)
                writer.Write("_random = random;");
            if (Scratch(plan) is { Length: > 0 } scratch)
                writer.Write($"_scratch = {Cpu}Buffer.ForWorkers(team.Workers, {Largest(scratch)});");
            foreach (var step in plan.Steps.Where(step => HasSums(step, plan)))
                writer.Write($"{new KernelWords(step).Field}Sums = new(team.Workers, {new KernelWords(step).Type}.SumsLength);");
            if (memory.SharedLength > 0)
            {
                writer.Line();
                writer.Write($"var memory = {Cpu}AlignedMemory.ForBatch(batchSize, {CSharpLiteral.Grouped(memory.SharedLength)});");
                foreach (var buffer in memory.Shared)
                    writer.Write($"{buffer.Name} = new(memory, start: {(buffer.Offset == 0 ? "0" : $"batchSize * {CSharpLiteral.Grouped(buffer.Offset)}")}, stride: {CSharpLiteral.Grouped(buffer.Stride)}, length: {CSharpLiteral.Grouped(buffer.Length)});");
            }

            if (memory.LocalLength > 0)
            {
                writer.Line();
                writer.Write($"var local = {Cpu}AlignedMemory.ForBatch(team.Workers, {CSharpLiteral.Grouped(memory.LocalLength)});");
                foreach (var buffer in memory.Local)
                    writer.Write($"{buffer.Name} = new(local, start: {CSharpLiteral.Grouped(buffer.Offset)}, stride: {CSharpLiteral.Grouped(memory.LocalLength)}, length: {CSharpLiteral.Grouped(buffer.Length)});");
            }

            if (schedule.Aliases.Count > 0)
                writer.Line();
            foreach (var buffer in schedule.Aliases)
                writer.Write($"{buffer.Name} = {buffer.Target.Name};");
            writer.Line();
            foreach (var phase in schedule.Phases.Where(phase => phase.Statements.Count > 0))
                writer.Write($"_{KernelPlan.Decapitalized(phase.Name)} = {phase.Name};");
        }
    }

    private static void WriteRun(CodeWriter writer, KernelPlan plan, TrainingSchedule schedule, TrainingPlan training, LossWords loss)
    {
        var accumulates = training.Recipe.Accumulate > 1;
        writer.Write($"""
            /// <summary>Adds the gradients of a batch's mean loss to the parameters'.</summary>
            /// <param name="batch">The batch.</param>
            /// <param name="totals">Receives the batch's {training.Task.Measured}.</param>
            """);
        if (accumulates)
            writer.Write("/// <param name=\"share\">How many batches make one step: each has that part of it.</param>");
        writer.Write($"""
            /// <returns>The batch's mean loss.</returns>
            public double Run({DataEmitter.Batch(training)} batch, {loss.Totals} totals{(accumulates ? ", int share" : "")})
            """);
        using (writer.Braces())
        {
            writer.Write($"""
                if (batch.Count > _batchSize)
                    throw new global::System.ArgumentException($"The batch has {"{batch.Count}"} samples, but the options say {"{_batchSize}"}.", nameof(batch));
                (_batch, _totals, _count) = (batch, totals, batch.Count);
                var divisor = {loss.Divisor};
                _divisor = divisor{(accumulates ? " * share" : "")};
                """);
            if (plan.HasDropout)
                writer.Write($"_seed = {KernelWords.Namespace}DropoutSeed.OfStep(_random);");
            foreach (var phase in schedule.Phases)
            {
                writer.Line();
                if (phase.Statements.Count > 0)
                    writer.Write($"_team.Run(_{KernelPlan.Decapitalized(phase.Name)});");
                foreach (var line in phase.Then)
                    writer.Write(line);
            }

            writer.Line();
            writer.Write("return totals.EndBatch(divisor);");
        }
    }

    private static void WritePhase(CodeWriter writer, Phase phase, KernelPlan plan)
    {
        writer.Line();
        writer.Write($"// {string.Join(", ", phase.Layers.Distinct())}.");
        writer.Write($"private void {phase.Name}(int worker)");
        using (writer.Braces())
        {
            if (phase.Statements.Any(statement => statement.TakesSamples))
                writer.Write("var (first, end) = _team.Share(worker, _count);");
            foreach (var step in plan.Steps.Where(step => step.Kernel.Form == KernelForm.Rows && phase.Name == TrainingSchedule.Collecting))
            {
                var local = new KernelWords(step).Local;
                writer.Write($"var ({local}First, {local}End) = _team.Share(worker, {CSharpLiteral.Of((long)step.Kernel.Constants[1].Value)});");
            }

            PhaseEmitter.WriteRuns(writer, phase);
        }
    }

    /// <summary>The lengths that kernels need for themselves; none where no kernel does.</summary>
    private static string[] Scratch(KernelPlan plan) =>
        [.. plan.Steps.Where(step => step.Kernel.Form == KernelForm.Samples).Select(step => new KernelWords(step).Type + ".ScratchLength")];

    /// <summary>Of one or more lengths.</summary>
    public static string Largest(string[] lengths) =>
        lengths.Skip(1).Aggregate(lengths[0], (largest, next) => $"global::System.Math.Max({largest}, {next})");

    private static void WriteLoss(CodeWriter writer, LossWords loss) => writer.Write($$"""
        private void Loss(int worker, int n, global::System.ReadOnlySpan<float> output, global::System.Span<float> gradient)
        {
            {{loss.Right("_batch")}}
            {{loss.Count("_totals")}}
            {{loss.Type}}.Gradient(output, right, _divisor, gradient);
        }
        """);
}

using System.Collections.Generic;
using ModelGen.Emit;
using ModelGen.Layers;

namespace ModelGen.Training;

/// <summary>A schedule of the learning rate: a class in <c>ModelGen.Training</c>, made anew for each run, because it counts steps and specs count epochs.</summary>
internal abstract class ScheduleKind : TrainingKind
{
    /// <summary>Whether the learning rate stays as it is, so that no schedule is needed.</summary>
    public virtual bool IsConstant => false;

    /// <summary>Whether the number of epochs decides how the learning rate falls, so that a run with more of them is another one from the start.</summary>
    public virtual bool SpansRun(Settings settings) => false;

    public override string? Source => "torch.optim.lr_scheduler." + SchedulerName;

    /// <summary>The name of PyTorch's class.</summary>
    protected abstract string SchedulerName { get; }

    /// <summary>C# that makes the schedule.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="run">C# for the number of steps that the schedule has: those of the run behind the warm-up.</param>
    public abstract string Construct(Settings settings, string run);

    /// <summary>The times at which something happens, in epochs behind the warm-up: one that the run does not come to is a mistake.</summary>
    public virtual IEnumerable<(Parameter Setting, double Epochs)> Times(Settings settings) => [];

    /// <summary>C# for a time in steps; <c>Steps</c> is a local function where schedules are made.</summary>
    protected static string Steps(double epochs) => $"Steps({CSharpLiteral.Of(epochs)})";

    protected static string New(string type, params IEnumerable<string> arguments) => $"new global::ModelGen.Training.{type}({string.Join(", ", arguments)})";
}

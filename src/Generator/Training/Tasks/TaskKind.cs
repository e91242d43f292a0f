using ModelGen.Emit;

namespace ModelGen.Training;

/// <summary>What a loss trains a network to do: what is right for a sample, how answers are judged, and what they become for whoever asks.</summary>
internal abstract class TaskKind
{
    public static readonly TaskKind Classification = new Classification();
    public static readonly TaskKind Regression = new Regression();
    public static readonly TaskKind MultiLabel = new MultiLabel();
    public static readonly TaskKind Distribution = new Distribution();

    /// <summary>For messages, as in "the loss 'mse' learns numbers".</summary>
    public abstract string Learns { get; }

    /// <summary>For messages: whose output it is.</summary>
    public abstract string Owner { get; }

    /// <summary>What an output is one of: <c>classes</c>, <c>targets</c>.</summary>
    public virtual string Outputs => "targets";

    /// <summary>Whether each sample has one class, and not a number for each output.</summary>
    public virtual bool HasClasses => false;

    /// <summary>Whether right answers can be counted.</summary>
    public abstract bool HasAccuracy { get; }

    /// <summary>The member of a batch that holds what is right.</summary>
    public virtual string Answer => "Target";

    /// <summary>The type and the values of that member, for its doc comment.</summary>
    public abstract string AnswerDoc(TrainingPlan plan);

    /// <summary>What targets must be beside numbers: a member of the runtime's <c>TargetRange</c>; null for anything.</summary>
    public virtual string? Range => null;

    /// <summary>What the totals add up, for doc comments.</summary>
    public abstract string Measured { get; }

    /// <summary>The class that adds up the scores.</summary>
    public abstract string Totals { get; }

    /// <summary>The arguments that make one.</summary>
    /// <param name="plan">How the network is trained.</param>
    /// <param name="place">C# for where it adds up: a device, or a number of workers.</param>
    /// <param name="weights">The argument that says that classes have weights, where they have.</param>
    public virtual string TotalsArguments(TrainingPlan plan, string place, string weights) => place;

    /// <summary>Whether outputs are judged, and not their losses alone.</summary>
    public virtual bool JudgesOutputs => true;

    /// <summary>Whether an evaluation keeps more than scores: what classes are taken for, and mistakes.</summary>
    public bool HasDetails => HasClasses;

    /// <summary>Whether an evaluation measures the area under the ROC curve.</summary>
    public virtual bool HasAreas => false;

    /// <summary>C# for the number of outputs.</summary>
    protected static string Count(TrainingPlan plan) => CSharpLiteral.Of(plan.Classes);
}

using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Emit.CSharp;

/// <summary>A call in the generated code.</summary>
/// <param name="Call">What is called.</param>
/// <param name="Arguments">Its arguments: a <see cref="Buffer"/>, or C# as it is.</param>
internal sealed record Statement(string Call, params object[] Arguments)
{
    /// <summary>Whether it takes all samples of a worker at once.</summary>
    public bool IsRows { get; init; }

    /// <summary>Whether it takes samples of the worker's, and not a share of something else.</summary>
    public bool TakesSamples => !IsRows || Arguments.Any(argument => argument is Buffer);

    /// <summary>The buffers that it reads and writes.</summary>
    public IEnumerable<Buffer> Buffers
    {
        get
        {
            foreach (var argument in Arguments)
            {
                if (argument is Buffer or All)
                    yield return (argument as Buffer ?? ((All)argument).Buffer).Target;
            }
        }
    }
}

/// <summary>What all workers do at the same time, each for its own samples; the next phase begins when all are done.</summary>
/// <param name="Name">The method's name.</param>
internal sealed record Phase(string Name)
{
    public List<Statement> Statements { get; } = [];

    /// <summary>What one worker does behind it, while the others wait: lines of C#.</summary>
    public List<string> Then { get; } = [];

    /// <summary>The layers that it computes, for people.</summary>
    public List<string> Layers { get; } = [];

    /// <summary>Its statements in runs: those for one sample after the other, and each that takes them all.</summary>
    public IEnumerable<IReadOnlyList<Statement>> Runs
    {
        get
        {
            for (var i = 0; i < Statements.Count;)
            {
                var count = Statements[i].IsRows ? 1 : Statements.Skip(i).TakeWhile(statement => !statement.IsRows).Count();
                yield return Statements.GetRange(i, count);
                i += count;
            }
        }
    }
}

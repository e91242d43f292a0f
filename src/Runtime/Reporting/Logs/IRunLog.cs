using ModelGen.Training;

namespace ModelGen.Reporting.Logs;

/// <summary>Writes the finished epochs of a run down, so that other programs can follow it.</summary>
internal interface IRunLog
{
    /// <summary>Writes the last epoch. What is written is on the disk when this returns.</summary>
    /// <param name="epochs">
    /// All finished epochs of the run in their order, at least one, also those from before it was resumed: small, and a file that is written anew
    /// from them each time can't hold an epoch twice.
    /// </param>
    /// <exception cref="ModelGenException">The file can't be written.</exception>
    public void Write(IReadOnlyList<EpochMetrics> epochs);
}

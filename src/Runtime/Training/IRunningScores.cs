namespace ModelGen.Training;

/// <summary>Scores that are being added up where the network computes.</summary>
public interface IRunningScores
{
    /// <summary>The images added so far.</summary>
    public int Images { get; }

    /// <summary>The scores over everything added. Waits for the device.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public Scores Read();
}

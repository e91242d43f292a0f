namespace ModelGen.Training.Metrics;

/// <summary>Samples of one class that were taken for another.</summary>
/// <param name="Actual">The class that they are of.</param>
/// <param name="Predicted">The class that they were taken for.</param>
/// <param name="Samples">How many, at least 1.</param>
public readonly record struct ConfusedPair(int Actual, int Predicted, long Samples);

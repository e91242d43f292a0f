namespace ModelGen.Training.Metrics;

/// <summary>
/// How well one class is told from the others. A share of nothing is 0, as scikit-learn gives it with <c>zero_division=0</c>: the precision of a
/// class that was never answered, the recall of a class without samples, the F1 of a class that has neither.
/// </summary>
/// <param name="Precision">Of the samples that were taken for this class, the share that are of it: 0 to 1.</param>
/// <param name="Recall">Of the samples of this class, the share that were taken for it: 0 to 1.</param>
/// <param name="F1">The harmonic mean of the two: 0 to 1.</param>
/// <param name="Samples">The samples of this class, at least 0; scikit-learn's support.</param>
public readonly record struct ClassScores(double Precision, double Recall, double F1, long Samples);

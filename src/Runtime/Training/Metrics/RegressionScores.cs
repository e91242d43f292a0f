namespace ModelGen.Training.Metrics;

/// <summary>How far predicted numbers are from the right ones.</summary>
/// <param name="Mae">The mean absolute error, in the targets' unit: at least 0.</param>
/// <param name="Rmse">The root of the mean squared error over all values, in the targets' unit: at least 0.</param>
/// <param name="R2">
/// The coefficient of determination, 1 - (squared errors) / (squared distances of the targets from their mean): at most 1, and 0 for always
/// predicting the mean. Of several targets a sample it is the mean of theirs. A target that never changes has 1 when it is met exactly and else 0,
/// as scikit-learn's <c>r2_score</c>.
/// </param>
/// <param name="Samples">The number of samples, at least 1.</param>
public readonly record struct RegressionScores(double Mae, double Rmse, double R2, int Samples);

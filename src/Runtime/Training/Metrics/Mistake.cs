namespace ModelGen.Training.Metrics;

/// <summary>A sample that was taken for another class than its own.</summary>
/// <param name="Index">Its place in the data that was evaluated, from 0.</param>
/// <param name="Actual">The class that it is of.</param>
/// <param name="Predicted">The class that it was taken for.</param>
/// <param name="Probability">How likely the network thought that: 0 to 1.</param>
public readonly record struct Mistake(int Index, int Actual, int Predicted, double Probability);

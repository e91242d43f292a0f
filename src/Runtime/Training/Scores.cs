namespace ModelGen.Training;

/// <summary>How a classifier did over a number of images.</summary>
/// <param name="Loss">The mean loss per image.</param>
/// <param name="Accuracy">The share of images whose most likely class is the right one: 0 to 1.</param>
/// <param name="Images">The number of images, at least 1.</param>
public readonly record struct Scores(double Loss, double Accuracy, int Images);

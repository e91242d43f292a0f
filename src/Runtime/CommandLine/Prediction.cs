namespace ModelGen.CommandLine;

/// <summary>What a network takes one image for.</summary>
/// <param name="Path">The image's path, as it was given.</param>
/// <param name="Label">The name of the most likely class.</param>
/// <param name="Probability">How likely the network finds it: 0 to 1.</param>
public sealed record Prediction(string Path, string Label, double Probability);

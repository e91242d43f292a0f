namespace ModelGen.Training;

/// <summary>The loss is no longer a number, which no later step can bring back.</summary>
/// <param name="message">One plain sentence, as of every <see cref="ModelGenException"/>.</param>
public sealed class TrainingDivergedException(string message) : ModelGenException(message);

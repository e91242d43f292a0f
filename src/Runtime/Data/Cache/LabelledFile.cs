namespace ModelGen.Data;

/// <summary>An image file and its class.</summary>
internal readonly record struct LabelledFile(string Path, int Label);

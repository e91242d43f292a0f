namespace ModelGen;

/// <summary>The names of the pipeline's steps; tests ask the driver why each of them ran.</summary>
internal static class TrackingNames
{
    public const string JsonReadings = nameof(JsonReadings);
    public const string AttributeReadings = nameof(AttributeReadings);
    public const string Models = nameof(Models);
    public const string Findings = nameof(Findings);
}

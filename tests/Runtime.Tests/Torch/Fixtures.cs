namespace ModelGen.Tests.Torch;

/// <summary>Tests that call libtorch run one after the other: its threads, its seed and its counts belong to the process.</summary>
[CollectionDefinition(Name)]
public sealed class OneAfterTheOther
{
    public const string Name = "libtorch";
}

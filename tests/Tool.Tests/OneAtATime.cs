namespace ModelGen.Tests;

/// <summary>Tests that compute with libtorch, whose settings are the process's.</summary>
[CollectionDefinition("Torch", DisableParallelization = true)]
public sealed class OneAtATime;

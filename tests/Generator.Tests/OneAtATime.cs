namespace ModelGen.Tests;

/// <summary>Tests that count tensors or seed libtorch share one process-wide state: they run one after the other, with no others beside them.</summary>
[CollectionDefinition("Torch", DisableParallelization = true)]
public sealed class OneAtATime;

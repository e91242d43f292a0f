using Microsoft.CodeAnalysis;

namespace GeneratorBenchmarks;

/// <summary>What a run of the driver costs when there is nothing to do.</summary>
internal sealed class EmptyGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.ParseOptionsProvider, (_, _) => { });
}

using System.Diagnostics;
using ModelGen;
using ModelGen.Torch;

namespace TrainingBenchmarks;

/// <summary>Only what is compiled with optimisation tells how fast programs are, and what they allocate.</summary>
internal static class ReleaseBuild
{
    /// <exception cref="ModelGenException">This is a debug build.</exception>
    public static void Require()
    {
        if (typeof(Weights).Assembly.GetCustomAttributes(typeof(DebuggableAttribute), false) is [DebuggableAttribute { IsJITOptimizerDisabled: true }])
            throw new ModelGenException("This is a debug build, whose figures say nothing: run it with -c Release.");
    }
}

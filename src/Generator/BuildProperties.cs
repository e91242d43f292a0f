using System;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelGen;

/// <summary>What a project says to the compiler: the properties that build/*.targets let it see.</summary>
internal static class BuildProperties
{
    public static string RootNamespace(AnalyzerConfigOptionsProvider options) => Property(options, "RootNamespace");

    public static bool IsOptimized(AnalyzerConfigOptionsProvider options) => !Property(options, "ModelGenOptimize").Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>The folder of the pages about what a build says, with its last slash; empty where the package did not bring them.</summary>
    public static string Docs(AnalyzerConfigOptionsProvider options) => Property(options, "ModelGenDocs");

    private static string Property(AnalyzerConfigOptionsProvider options, string name) =>
        options.GlobalOptions.TryGetValue("build_property." + name, out var value) ? value : "";
}

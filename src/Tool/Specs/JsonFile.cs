using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.Tool.Specs;

/// <summary>A <c>.model.json</c> file.</summary>
internal static class JsonFile
{
    /// <summary>Whether a file is a spec by its name.</summary>
    public static bool IsSpec(string path) => path.EndsWith(JsonSpecReader.FileEnding, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads and checks it, in the namespace of the project around it.</summary>
    public static (DeclaredNetwork? Network, IEnumerable<Diagnostic> Diagnostics) Read(string path, string text)
    {
        var reading = JsonSpecReader.Read(path, text, ProjectFile.RootNamespaceOf(path));
        var result = CheckedReading.Of(reading);
        return (
            result.Spec is { } spec ? new DeclaredNetwork(path, text, spec.Spec, spec.Model, result.Map) : null,
            result.Findings.Select(finding => DiagnosticReporter.InFile(finding, result.Map)));
    }
}

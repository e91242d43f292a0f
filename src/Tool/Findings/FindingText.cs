using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ModelGen.Tool.Findings;

/// <summary>Findings as a build prints them, <c>file(line,column): error MG2001: message</c>, which editors and build servers know how to read.</summary>
internal static class FindingText
{
    /// <summary>A line for each.</summary>
    public static string Of(IEnumerable<Diagnostic> diagnostics) => string.Concat(diagnostics.Select(diagnostic =>
    {
        var place = FindingPlace.Of(diagnostic);
        var where = string.Create(CultureInfo.InvariantCulture, $"{place.File}({place.Line},{place.Column})");
        return $"{where}: {SeverityOf(diagnostic)} {diagnostic.Id}: {MessageOf(diagnostic)}\n";
    }));

    /// <summary>The last line: how many networks were checked, and what was found.</summary>
    public static string Count(int networks, IReadOnlyList<Diagnostic> diagnostics)
    {
        var (errors, warnings) = (Number(DiagnosticSeverity.Error), Number(DiagnosticSeverity.Warning));
        return $"{Counted(networks, "network")}: {Counted(errors, "error")}, {Counted(warnings, "warning")}\n";

        int Number(DiagnosticSeverity severity) => diagnostics.Count(diagnostic => diagnostic.Severity == severity);
    }

    /// <summary>The severity in the build's word.</summary>
    public static string SeverityOf(Diagnostic diagnostic) => diagnostic.Severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };

    /// <summary>The message in English, whatever the machine's language.</summary>
    public static string MessageOf(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);

    private static string Counted(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}

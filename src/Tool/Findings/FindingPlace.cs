using Microsoft.CodeAnalysis;

namespace ModelGen.Tool.Findings;

/// <summary>Where a finding stands: lines and columns from 1, the end behind the last character.</summary>
internal readonly record struct FindingPlace(string File, int Line, int Column, int EndLine, int EndColumn)
{
    public static FindingPlace Of(Diagnostic diagnostic)
    {
        var lines = diagnostic.Location.GetLineSpan();
        var (start, end) = (lines.StartLinePosition, lines.EndLinePosition);
        return new FindingPlace(lines.Path, start.Line + 1, start.Character + 1, end.Line + 1, end.Character + 1);
    }
}

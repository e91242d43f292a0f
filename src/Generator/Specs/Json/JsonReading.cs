using System.Collections.Generic;

namespace ModelGen.Specs.Json;

/// <summary>A place where the text is not JSON, and a sentence without its full stop that says why.</summary>
internal sealed record JsonMistake(string Message, SourceSpan Span);

/// <summary>What could be read of a text.</summary>
/// <param name="Root">The value; <see cref="JsonKind.Missing"/> when there is none.</param>
/// <param name="Mistakes">What is wrong, each mistake once, in the order of the text; <see cref="JsonScanner.MaxMistakes"/> at most.</param>
/// <param name="TooDeep">The bracket at which reading stopped, because it is nested too deep; otherwise null.</param>
internal sealed record JsonReading(JsonNode Root, IReadOnlyList<JsonMistake> Mistakes, SourceSpan? TooDeep);

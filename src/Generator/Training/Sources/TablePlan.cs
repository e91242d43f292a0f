using System.Collections.Generic;

namespace ModelGen.Training;

/// <summary>What the columns of a table are to a network, and how its file is written.</summary>
/// <param name="Label">The column of the class; null where rows have targets.</param>
/// <param name="Targets">The columns of numbers to predict; empty where rows have classes.</param>
/// <param name="Features">The columns that the network sees; null for all others.</param>
/// <param name="Delimiter">What stands between two values.</param>
/// <param name="HasHeader">Whether the first line names the columns.</param>
internal sealed record TablePlan(string? Label, IReadOnlyList<string> Targets, IReadOnlyList<string>? Features, char Delimiter, bool HasHeader);

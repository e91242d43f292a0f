namespace ModelGen.CommandLine;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Spelling
{
    /// <summary>The candidate nearest to <paramref name="word"/>, or null when none is within a third of the word's letters.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => candidates
        .Select(candidate => (Word: candidate, Distance: EditDistance.Of(word, candidate)))
        .Where(near => near.Distance <= Math.Max(1, word.TrimStart('-').Length / 3))
        .OrderBy(near => near.Distance)
        .Select(near => near.Word)
        .FirstOrDefault();
}

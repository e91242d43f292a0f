namespace ModelGen;

/// <summary>How far one word is from another. The runtime is compiled with this file too.</summary>
internal static class EditDistance
{
    // The table is as large as one word's letters times the other's, and what is not typed by a person may be as long as a file.
    private const int MostLetters = 64;

    /// <summary>How many letters to insert, delete, replace or swap with their neighbour: the optimal string alignment distance. Long words are far from all.</summary>
    public static int Of(string left, string right)
    {
        if (left.Length > MostLetters || right.Length > MostLetters)
            return int.MaxValue;
        var distances = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distances[i, j] = i + j;
                    continue;
                }

                var change = distances[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                distances[i, j] = System.Math.Min(change, System.Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    distances[i, j] = System.Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
            }
        }

        return distances[left.Length, right.Length];
    }
}

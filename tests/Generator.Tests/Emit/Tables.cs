using System.Globalization;
using System.Text;

namespace ModelGen.Tests.Emit;

/// <summary>Tables whose right answers are known, the same each time.</summary>
internal static class Tables
{
    /// <summary>y = 2a - 3b + 1 and z = a + b, each with a little noise.</summary>
    public static string Line(int rows, int seed) => Text("a,b,y,z", rows, seed, random =>
    {
        var (a, b) = (Number(random), Number(random));
        return [a, b, (2 * a) - (3 * b) + 1 + (0.01 * Number(random)), a + b + (0.01 * Number(random))];
    });

    /// <summary>Three kinds of flowers by two lengths, told apart by the longer one; with quotes, and the kind first.</summary>
    public static string Flowers(int rows, int seed)
    {
        string[] kinds = ["\"Iris, blue\"", "Iris red", "Iris white"];
        var random = new Random(seed);
        var text = new StringBuilder("kind;length;width\r\n");
        for (var row = 0; row < rows; row++)
        {
            var kind = random.Next(3);
            text.Append(CultureInfo.InvariantCulture, $"{kinds[kind]};{kind + (0.2 * Number(random)):R};{Number(random):R}\r\n");
        }

        return text.ToString();
    }

    /// <summary>Messages that are long, that are urgent, or both.</summary>
    public static string Messages(int rows, int seed) => Text("length,marks,long,urgent", rows, seed, random =>
    {
        var (length, marks) = (Number(random), Number(random));
        return [length, marks, length > 0 ? 1 : 0, marks > 0.2 ? 1 : 0];
    });

    private static string Text(string header, int rows, int seed, Func<Random, double[]> row)
    {
        var random = new Random(seed);
        var text = new StringBuilder(header).Append('\n');
        for (var i = 0; i < rows; i++)
            text.AppendJoin(',', row(random).Select(value => value.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        return text.ToString();
    }

    private static double Number(Random random) => (2 * random.NextDouble()) - 1;
}

using System.Text;

namespace ModelGen.Specs;

/// <summary>The same name in the two spec forms: <c>kernel_size</c> in JSON, <c>kernelSize</c> and <c>KernelSize</c> in attributes.</summary>
internal static class SpecNames
{
    /// <summary>A size's second name in attributes, for two numbers: <c>Strides = [2, 1]</c> beside <c>Stride = 2</c>, because a property has one type.</summary>
    public static string Plural(string name) => name + "s";

    public static string ToSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var character in name)
        {
            if (character is >= 'A' and <= 'Z' && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }

    public static string ToPascalCase(string name) => Pascal(name).ToString();

    public static string ToCamelCase(string name)
    {
        var text = Pascal(name);
        text[0] = char.ToLowerInvariant(text[0]);
        return text.ToString();
    }

    private static StringBuilder Pascal(string name)
    {
        var text = new StringBuilder(name.Length);
        var startsWord = true;
        foreach (var character in name)
        {
            if (character != '_')
                text.Append(startsWord ? char.ToUpperInvariant(character) : character);
            startsWord = character == '_';
        }

        return text;
    }
}

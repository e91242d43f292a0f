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

    public static string ToPascalCase(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var part in name.Split('_'))
        {
            if (part.Length > 0)
                text.Append(char.ToUpperInvariant(part[0])).Append(part, 1, part.Length - 1);
        }

        return text.ToString();
    }

    public static string ToCamelCase(string name)
    {
        var pascal = ToPascalCase(name);
        return char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
    }
}

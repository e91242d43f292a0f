using System.Text;
using ModelGen.Collections;

namespace ModelGen.Specs;

/// <summary>The same name in the two spec forms: <c>kernel_size</c> in JSON, <c>kernelSize</c> and <c>KernelSize</c> in attributes.</summary>
internal static class SpecNames
{
    /// <summary>A size's second name in attributes, for two numbers: <c>Strides = [2, 1]</c> beside <c>Stride = 2</c>, because a property has one type.</summary>
    public static string Plural(string name) => name + "s";

    public static string ToSnakeCase(string name)
    {
        var text = TextBuffer.Take();
        foreach (var character in name)
        {
            if (character is >= 'A' and <= 'Z' && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(character));
        }

        return TextBuffer.Complete(text);
    }

    public static string ToPascalCase(string name) => TextBuffer.Complete(Pascal(name));

    public static string ToCamelCase(string name)
    {
        var text = Pascal(name);
        text[0] = char.ToLowerInvariant(text[0]);
        return TextBuffer.Complete(text);
    }

    private static StringBuilder Pascal(string name)
    {
        var text = TextBuffer.Take();
        var startsWord = true;
        foreach (var character in name)
        {
            if (character != '_')
                text.Append(startsWord ? char.ToUpperInvariant(character) : character);
            startsWord = character == '_';
        }

        return text;
    }

    /// <summary>What <see cref="IsValid"/> asks for, for messages.</summary>
    public const string Form = "a name is a letter and then letters, digits or underscores, at most 100";

    /// <summary>ASCII letters, digits and underscores, with a letter in front: what is an identifier in C# and in Python, in every form.</summary>
    public static bool IsValid(string key)
    {
        if (key.Length is 0 or > 100 || !IsLetter(key[0]))
            return false;
        foreach (var character in key)
        {
            if (!IsLetter(character) && character is not (>= '0' and <= '9' or '_'))
                return false;
        }

        return true;
    }

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}

using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>
/// A layer's name in its three forms: as the spec and the state_dict have it (<c>log_softmax1</c>), as the property
/// (<c>LogSoftmax1</c>) and as the local variable that holds its output (<c>logSoftmax1</c>).
/// </summary>
internal readonly record struct LayerName(string Key, string Member, string Local)
{
    public static LayerName Of(string key) => new(key, SpecNames.ToPascalCase(key), SpecNames.ToCamelCase(key));

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

namespace ModelGen.Tests.Robustness;

/// <summary>What a name or a description may hold to break out of where it is written: a comment, a doc comment, a literal, a line.</summary>
internal static class HostileText
{
    /// <summary>The name that each of them would declare or call if it became code.</summary>
    public const string Intruder = "Intruder";

    public static IReadOnlyList<string> All { get; } =
    [
        $"*/ class {Intruder} {{ }} /*",
        $"</summary><{Intruder}>",
        $"\"; {Intruder}(); \"",
        $"\"\"\"\"; {Intruder}(); \"\"\"\"",
        $"\\\"; {Intruder}(); //\\",
        $"x\n{Intruder}();\r\n#error {Intruder}",
        $"x\r{Intruder}();",
        $"x\u2028{Intruder}();\u2029{Intruder}();\u0085{Intruder}();",
        $"{{{Intruder}()}} {{0}}",
        $"x\0{Intruder}",
        "\uD800",
        "a\uDC00b",
        "\uFEFFx",
        "\u202Eevil\u2066",
        "a\u200Db",
        "😀",
        "class",
        "@class",
        "\\u0041",
        "../../x",
        "",
        " ",
        new string('x', 10_000),
    ];
}

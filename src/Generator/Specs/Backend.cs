namespace ModelGen.Specs;

/// <summary>What a network is compiled to.</summary>
internal enum Backend
{
    /// <summary>A TorchSharp module: libtorch computes, on CUDA or the CPU.</summary>
    Torch,

    /// <summary>Plain C# with vector instructions: the CPU computes, without any native library.</summary>
    CSharp,

    /// <summary>A TorchSharp module, and inside of it the network in plain C#.</summary>
    Both,
}

/// <summary>The words of a spec for it.</summary>
internal static class BackendKeyword
{
    public const string Torch = "torch";
    public const string CSharp = "csharp";
    public const string Both = "both";

    /// <summary>The word for a member of the attributes' enum whose word is not its name in snake_case; null for any other.</summary>
    public static string? Of(string member) => member == nameof(Backend.CSharp) ? CSharp : null;

    /// <summary>The member for a word.</summary>
    public static string MemberOf(string word) => word == CSharp ? nameof(Backend.CSharp) : SpecNames.ToPascalCase(word);
}

namespace ModelGen.Tests.Torch;

/// <summary>Tests that call libtorch run one after the other: its threads, its seed and its counts belong to the process.</summary>
[CollectionDefinition(Name)]
public sealed class OneAfterTheOther
{
    public const string Name = "libtorch";
}

/// <summary>A fact about the Linux system loader.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Linux only.";
}

/// <summary>A folder of one test's own.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("modelgen-tests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

namespace ModelGen.Tests.Emit;

/// <summary>Every file that the seed's network becomes, whole: what a user reads when stepping into generated code.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void The_seed_declared_by_attributes() => Verify(SeedSpecs.Attributes, "Attributes");

    [Fact]
    public void The_seed_declared_by_json() => Verify(SeedSpecs.Json, "Json");

    private static void Verify((string Path, string Text) spec, string folder)
    {
        var files = Compiled.From(spec).Files;

        Assert.Equal(["Demo.ConvNet.Data.g.cs", "Demo.ConvNet.Module.g.cs", "Demo.ConvNet.Options.g.cs", "Demo.ConvNet.Program.g.cs", "Demo.ConvNet.Trainer.g.cs"], files.Keys);
        foreach (var (name, text) in files)
            Repository.AssertDerived($"tests/Generator.Tests/Snapshots/{folder}/{name[..^".g.cs".Length]}.verified.cs", text);
    }
}

using ModelGen.Training;

namespace ModelGen.Tests.Training;

public sealed class RunFolderTests
{
    [Fact]
    public void Two_runs_may_try_the_same_folder_at_the_same_time()
    {
        using var folder = new TempFolder();

        Parallel.For(0, 200, _ => RunFolder.PrepareForTraining(folder["out"]));

        Assert.Equal(["out"], folder.Entries);
    }
}

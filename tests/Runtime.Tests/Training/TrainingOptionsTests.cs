using ModelGen.Training;

namespace ModelGen.Tests.Training;

/// <summary>What the command line refuses, code can't have either.</summary>
public sealed class TrainingOptionsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_value_that_is_out_of_its_range_is_named_with_what_it_takes()
    {
        Assert.Equal("BatchSize is -1, but takes a whole number of at least 1.", Refused(new() { BatchSize = -1 }));
        Assert.Equal("Epochs is 0, but takes a whole number of at least 1.", Refused(new() { Epochs = 0 }));
        Assert.Equal("LearningRate is NaN, but takes a number from 1.4e-45 to 3.4e38.", Refused(new() { LearningRate = double.NaN }));
        Assert.Equal("LearningRate is -0.1, but takes a number from 1.4e-45 to 3.4e38.", Refused(new() { LearningRate = -0.1 }));
        Assert.Equal("LearningRate is Infinity, but takes a number from 1.4e-45 to 3.4e38.", Refused(new() { LearningRate = double.PositiveInfinity }));
        Assert.Equal("LearningRate is 1E-300, but takes a number from 1.4e-45 to 3.4e38.", Refused(new() { LearningRate = 1e-300 }));
        Assert.Equal("Workers is 0, but takes a whole number from 1 to 1024.", Refused(new() { Workers = 0 }));
        Assert.Equal("Threads is -1, but takes a whole number from 0 to 1024.", Refused(new() { Threads = -1 }));
        Assert.Equal("Limit is 0, but takes a whole number of at least 1.", Refused(new() { Limit = 0 }));
        Assert.Equal("Keep is -1, but takes a whole number of at least 0.", Refused(new() { Keep = -1 }));
        Assert.Equal("Save is empty, but takes the path of a file.", Refused(new() { Save = "" }));
        Assert.Equal("Device is gpu, but takes auto, cpu, cuda or cuda:N.", Refused(new() { Device = "gpu" }));

        TrainingOptions.Check(new TestOptions { Seed = int.MinValue, LearningRate = 1e-45 });
    }

    [Fact]
    public void What_must_be_there_is_named()
    {
        Assert.Throws<ArgumentNullException>("options", () => TrainingOptions.Check(null!));
        Assert.Throws<ArgumentNullException>("options.Out", () => TrainingOptions.Check(new TestOptions { Out = null! }));
        Assert.Throws<ArgumentNullException>("options.Device", () => TrainingOptions.Check(new TestOptions { Device = null! }));
    }

    [Fact]
    public void Options_that_do_not_go_together_have_the_sentence_of_the_command_line()
    {
        var weights = _folder.Write("weights.pth", []);

        Assert.StartsWith("--partial takes what fits of the weights in --load, and none are named", Mismatched(new() { Partial = true }), StringComparison.Ordinal);
        Assert.StartsWith("--strip-prefix is for the names of the weights in --load, and none are named", Mismatched(new() { StripPrefix = "module." }), StringComparison.Ordinal);
        Assert.StartsWith("--load-optimizer goes on with the weights", Mismatched(new() { LoadOptimizer = weights }), StringComparison.Ordinal);
        Assert.StartsWith("--overfit and --limit both say", Mismatched(new() { Overfit = 5, Limit = 5 }), StringComparison.Ordinal);

        TrainingOptions.Check(new TestOptions { Load = weights, Partial = true, StripPrefix = "module.", LoadOptimizer = weights });
    }

    private static string Refused(TestOptions options) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(options), () => TrainingOptions.Check(options)).Message.Replace(" (Parameter 'options')", "", StringComparison.Ordinal);

    private static string Mismatched(TestOptions options) => Assert.Throws<ModelGenException>(() => TrainingOptions.Check(options)).Message;
}

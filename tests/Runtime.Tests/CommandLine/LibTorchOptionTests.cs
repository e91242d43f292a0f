using ModelGen.Training;

namespace ModelGen.Tests.CommandLine;

/// <summary><c>--libtorch</c>: every verb that computes takes it, where the network is computed by libtorch.</summary>
public sealed class LibTorchOptionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public LibTorchOptionTests() => File.WriteAllText(_folder["model.pth"], "weights");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train")]
    [InlineData("eval")]
    [InlineData("predict a.png")]
    [InlineData("lr-find")]
    [InlineData("export --onnx net.onnx")]
    public void A_verb_that_computes_chooses_the_folder_before_it_does(string verb)
    {
        var program = new TestProgram { TakesLibTorch = true, Exports = true };

        Assert.Equal(0, program.Run([.. verb.Split(' '), "--out", _folder.Path, "--libtorch", "torch/lib"]));
        Assert.Equal((verb.Split(' ')[0], "torch/lib"), (program.Ran, program.LibTorch));
    }

    [Theory]
    [InlineData("summary")]
    [InlineData("data")]
    public void A_verb_that_computes_nothing_has_no_use_for_it(string verb)
    {
        var program = new TestProgram { TakesLibTorch = true };

        Assert.Equal(2, program.Run(verb, "--libtorch", "torch/lib"));
        Assert.StartsWith($"error: {verb} has no option '--libtorch'", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_it_nothing_is_chosen()
    {
        var program = new TestProgram { TakesLibTorch = true };

        Assert.Equal(0, program.Run());
        Assert.Null(program.LibTorch);
    }

    [Fact]
    public void A_folder_that_is_no_path_is_refused()
    {
        var program = new TestProgram { TakesLibTorch = true };

        Assert.Equal(2, program.Run("--libtorch", "--resume"));
        Assert.StartsWith("error: --libtorch takes a path, not '--resume'", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_in_plain_CSharp_does_not_offer_it()
    {
        var program = new TestProgram();

        Assert.Equal(2, program.Run("--libtorch", "torch/lib"));
        Assert.StartsWith("error: train has no option '--libtorch'", program.Error, StringComparison.Ordinal);
        program.Run("train", "--help");
        Assert.DoesNotContain("--libtorch", program.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_says_what_holds_without_it()
    {
        var program = new TestProgram { TakesLibTorch = true };

        Assert.Equal(0, program.Run("train", "--help"));
        Assert.Contains("without it, MODELGEN_LIBTORCH's, or the one", string.Join(' ', program.Out.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_that_says_how_to_go_on_has_it()
    {
        var program = new TestProgram { TakesLibTorch = true, Fails = new TrainingStoppedException(_folder["run"], 3, 17, default) };

        Assert.Equal(130, program.Run("--out", _folder["run"], "--libtorch", "my torch/lib"));
        Assert.EndsWith($" --libtorch {(OperatingSystem.IsWindows() ? "\"my torch/lib\"" : "'my torch/lib'")}\n", program.Out, StringComparison.Ordinal);
    }
}

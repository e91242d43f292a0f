using ModelGen.Formats.Onnx;

namespace ModelGen.Tests.CommandLine;

public sealed class ExportVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_writes_the_weights_that_training_left()
    {
        _folder.Write("model.pth", []);
        var program = new TestProgram { Exports = true };

        Assert.Equal(0, program.Run("export", "--onnx", "net.onnx", "--opset", "18", "--fold-batch-norm", "--out", _folder.Path));

        Assert.Equal("export", program.Ran);
        Assert.Equal(_folder["model.pth"], program.Options!.Load);
        var (path, how) = program.Exported!.Value;
        Assert.Equal(("net.onnx", 18, true), (path, how.Opset, how.FoldBatchNorm));
        Assert.Equal($"TestNet: {_folder["model.pth"]} is written to net.onnx\n", program.Out);
    }

    [Fact]
    public void Without_more_it_takes_the_defaults()
    {
        _folder.Write("mine.pth", []);
        var program = new TestProgram { Exports = true };

        Assert.Equal(0, program.Run("export", "--onnx", "net.onnx", "--load", _folder["mine.pth"]));
        Assert.Equal(new OnnxOptions(), program.Exported!.Value.How);
    }

    [Theory]
    [InlineData("export takes --onnx with the path of a file. Try --help.", "export")]
    [InlineData("--onnx takes a file whose name ends in .onnx, not 'runs/ConvNet/model.pth'. Try --help.", "export", "--onnx", "runs/ConvNet/model.pth")]
    [InlineData("--opset takes a whole number from 17 to 21, not '12'. Try --help.", "export", "--onnx", "net.onnx", "--opset", "12")]
    [InlineData("--opset takes a whole number from 17 to 21, and none is given. Try --help.", "export", "--onnx", "net.onnx", "--opset")]
    [InlineData("export has no option '--fold-batchnorm'; did you mean '--fold-batch-norm'? Try --help.", "export", "--onnx", "net.onnx", "--fold-batchnorm")]
    public void Wrong_arguments_are_named(string message, params string[] args)
    {
        var program = new TestProgram { Exports = true };

        Assert.Equal(2, program.Run(args));
        Assert.Equal($"error: {message.Replace(" Try --help.", "", StringComparison.Ordinal)}", program.Error.Replace(" Try --help.\n", "", StringComparison.Ordinal));
        Assert.Null(program.Ran);
    }

    [Fact]
    public void It_never_takes_the_place_of_its_weights_whatever_their_name()
    {
        var weights = _folder.Write("net.onnx", []);
        var program = new TestProgram { Exports = true };

        Assert.Equal(1, program.Run("export", "--onnx", weights, "--load", weights));
        Assert.Equal($"error: '{weights}' is a file that this command needs for something else: name another one with --onnx.\n", program.Error);
        Assert.Null(program.Ran);
    }

    [Fact]
    public void A_network_that_does_not_ask_for_it_has_no_such_verb()
    {
        var program = new TestProgram();

        Assert.Equal(2, program.Run("export", "--onnx", "net.onnx"));
        Assert.Equal(
            "error: there is no verb 'export', because the spec does not ask for ONNX: put \"compile\": { \"onnx\": true } into it, or [Compile(Onnx = true)], and build again. Try --help.\n",
            program.Error);
    }

    [Fact]
    public void What_fits_of_no_weights_is_refused()
    {
        var program = new TestProgram();

        Assert.Equal(1, program.Run("train", "--partial", "--out", _folder.Path));
        Assert.Equal("error: --partial takes what fits of the weights in --load, and none are named: name the file, or leave --partial out.\n", program.Error);

        program = new TestProgram();
        Assert.Equal(1, program.Run("train", "--strip-prefix", "module.", "--out", _folder.Path));
        Assert.Equal("error: --strip-prefix is for the names of the weights in --load, and none are named: name the file, or leave --strip-prefix out.\n", program.Error);

        _folder.Write("backbone.pth", []);
        Assert.Equal(0, program.Run("train", "--partial", "--load", _folder["backbone.pth"], "--out", _folder.Path));
        Assert.True(program.Options!.Partial);
    }
}

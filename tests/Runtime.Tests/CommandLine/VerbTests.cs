using System.Runtime.InteropServices;
using ModelGen.Tests.Training;
using ModelGen.Training;

namespace ModelGen.Tests.CommandLine;

public sealed class VerbTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Trained => _folder["model.pth"];

    public VerbTests() => File.WriteAllText(Trained, "weights");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Summary_prints_the_layers()
    {
        var program = new TestProgram();

        Assert.Equal(0, program.Run("summary"));
        Assert.Equal("layer  shape\nfc     [N, 10]\n", program.Out);
    }

    [Fact]
    public void Summary_prints_the_graph_for_mermaid()
    {
        var program = new TestProgram();

        Assert.Equal(0, program.Run("summary", "--mermaid"));
        Assert.Equal(TestProgram.Diagram.ToMermaid(), program.Out);
    }

    [Fact]
    public void Summary_draws_the_graph_into_a_file()
    {
        var program = new TestProgram();

        Assert.Equal(0, program.Run("summary", "--svg", _folder["net.svg"]));
        Assert.Equal(TestProgram.Diagram.ToSvg(), File.ReadAllText(_folder["net.svg"]));
        Assert.Equal($"TestNet: the graph is drawn in {_folder["net.svg"]}\n", program.Out);
    }

    [Fact]
    public void Summary_says_where_it_cannot_draw()
    {
        var (program, file) = (new TestProgram(), _folder["no/such/folder/net.svg"]);

        Assert.Equal(1, program.Run("summary", "--svg", file));
        Assert.StartsWith($"error: Cannot write '{file}': ", program.Error, StringComparison.Ordinal);
        Assert.Equal(2, program.Run("summary", "--svg", "Program.cs"));
        Assert.EndsWith("error: --svg takes a file whose name ends in .svg, not 'Program.cs'. Try --help.\n", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_tests_the_weights_that_training_left()
    {
        var program = new TestProgram();

        Assert.Equal(0, program.Run("eval", "--out", _folder.Path, "--limit", "5"));
        Assert.Equal(program.Defaults with { Out = _folder.Path, Load = Trained, Limit = 5 }, program.Options);
        Assert.Equal($"TestNet: {Trained}\n10,000 test images  test loss 0.0611  test acc 0.9810\n", program.Out);
        Assert.Equal(
            $$"""
            {
              "model": "TestNet",
              "weights": "{{Trained}}",
              "test_images": 10000,
              "test_loss": 0.0611,
              "test_accuracy": 0.981
            }

            """,
            File.ReadAllText(_folder["eval.json"]));
    }

    [Fact]
    public void Eval_creates_the_output_folder_for_weights_from_elsewhere()
    {
        Assert.Equal(0, new TestProgram().Run("eval", "--out", _folder["new/out"], "--load", Trained));
        Assert.True(File.Exists(_folder["new/out/eval.json"]));
    }

    [Fact]
    public void Eval_tells_the_scores_also_where_nothing_can_be_written()
    {
        // A disk that even root can't write to.
        if (!OperatingSystem.IsLinux())
            return;
        var program = new TestProgram();

        Assert.Equal(0, program.Run("eval", "--out", "/proc/modelgen", "--load", Trained));
        Assert.Contains("test loss 0.0611  test acc 0.9810\n", program.Out, StringComparison.Ordinal);
        Assert.Matches(@"^warning: '/proc/modelgen/eval\.json' is not written \(.+\): to have it elsewhere, name the weights with --load and another folder with --out\.\n$", program.Error);
    }

    [Fact]
    public void Eval_refuses_weights_whose_loss_is_not_a_number()
    {
        var program = new TestProgram { Scores = new Scores(double.NaN, 0.1, 10) };

        Assert.Equal(1, program.Run("eval", "--out", _folder.Path));
        Assert.Equal($"error: The test loss with '{Trained}' is not finite: these weights come from a training that diverged.\n", program.Error);
        Assert.Equal(["model.pth"], _folder.Entries);
    }

    [Fact]
    public void Redirected_predictions_are_separated_by_tabs()
    {
        var program = new TestProgram();

        Assert.Equal(0, program.Run("predict", "a.png", "@b.png", "--load", Trained, "./-c.png"));
        Assert.Equal(["a.png", "@b.png", "./-c.png"], program.Images!);
        Assert.Equal(Trained, program.Options!.Load);
        Assert.Equal("a.png\t[cat]\t0.9877\n@b.png\t[cat]\t0.9877\n./-c.png\t[cat]\t0.9877\n", program.Out);
    }

    [Fact]
    public void Behind_two_dashes_all_is_paths()
    {
        var program = new TestProgram();

        Assert.Equal(0, program.Run("predict", "a.png", "--load", Trained, "--", "-c.png", "--out"));
        Assert.Equal(["a.png", "-c.png", "--out"], program.Images!);

        Assert.Equal(2, program.Run("predict", "-a.png", "--load", Trained, "--", "-c.png"));
        Assert.Contains("predict has no option '-a.png'", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_predicted_costs_no_other_its_prediction_and_gives_an_exit_code()
    {
        var program = new TestProgram();

        Assert.Equal(1, program.Run("predict", "a.png", "bad.png", "c.png", "bad.txt", "--load", Trained));
        Assert.Equal("a.png\t[cat]\t0.9877\nc.png\t[cat]\t0.9877\n", program.Out);
        Assert.Equal("error: 'bad.png' is no image.\nerror: 'bad.txt' is no image.\n", program.Error);
    }

    [Fact]
    public void Predict_refuses_weights_whose_probability_is_not_a_number()
    {
        var program = new TestProgram { Probability = double.NaN };

        Assert.Equal(1, program.Run("predict", "a.png", "--load", Trained));
        Assert.Equal($"error: The probability with '{Trained}' is not finite: these weights come from a training that diverged.\n", program.Error);
        Assert.Empty(program.Out);
    }

    [Fact]
    public void Predictions_on_a_terminal_are_a_table()
    {
        var program = new TestProgram { Terminal = new RecordingTerminal(interactive: true) };

        Assert.Equal(0, program.Run("predict", "a.png", "--out", _folder.Path));
        Assert.Equal(
            """
            ┌───────┬───────┬─────────────┐
            │ image │ class │ probability │
            ├───────┼───────┼─────────────┤
            │ a.png │ [cat] │ 0.9877      │
            └───────┴───────┴─────────────┘

            """,
            program.Out.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("train")]
    [InlineData("eval")]
    [InlineData("predict", "a.png")]
    public void Weights_that_are_not_there_are_refused_before_anything_runs(params string[] args)
    {
        var missing = _folder["none.pth"];
        var program = new TestProgram();

        Assert.Equal(1, program.Run([.. args, "--load", missing, "--out", _folder["new"]]));
        Assert.Equal($"error: There is no weights file '{missing}': name another one with --load.\n", program.Error);
        Assert.Null(program.Ran);
        Assert.Equal(["model.pth"], _folder.Entries);
    }

    [Theory]
    [InlineData("eval")]
    [InlineData("predict", "a.png")]
    public void Without_weights_it_is_said_where_some_are(params string[] args)
    {
        var (none, some) = (new TestProgram(), new TestProgram());

        Assert.Equal(1, none.Run([.. args, "--out", _folder["new"]]));
        Assert.Equal($"error: There is no '{_folder["new/model.pth"]}': train first, name the folder of a run with --out, or weights with --load.\n", none.Error);

        Directory.CreateDirectory(_folder["new"]);
        File.WriteAllText(_folder["new/last.ckpt"], "");
        Assert.Equal(1, some.Run([.. args, "--out", _folder["new"]]));
        Assert.Equal(
            $"error: There is no '{_folder["new/model.pth"]}', as a run leaves it after an epoch, but there is its checkpoint: name '{_folder["new/last.ckpt"]}' with --load.\n", some.Error);
    }

    [Fact]
    public void Eval_with_a_file_in_the_place_of_the_output_folder_is_refused_before_anything_runs()
    {
        var program = new TestProgram();

        Assert.Equal(1, program.Run("eval", "--load", Trained, "--out", Trained));
        Assert.Equal($"error: The output folder '{Trained}' is a file: name another folder with --out.\n", program.Error);
        Assert.Null(program.Ran);
        Assert.Equal("weights", File.ReadAllText(Trained));
    }

    private const string OutOfMemory = "Out of memory with a batch size of 32: use a smaller --batch-size, or fewer images with --limit.";

    public static TheoryData<Exception, string> Failures => new()
    {
        { new ModelGenException("The file 'x' is cut off."), "The file 'x' is cut off." },
        { new IOException("No space left on device."), "No space left on device." },
        { new UnauthorizedAccessException("Access to 'x' is denied."), "Access to 'x' is denied." },
        { new InsufficientMemoryException(), OutOfMemory },
        { new LibTorchException("[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 4 bytes."), OutOfMemory },
        { new LibTorchException("DefaultCPUAllocator: not enough memory: you tried to allocate 4 bytes."), OutOfMemory },
        { new LibTorchException("CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 7.79 GiB total capacity)\n  frame #0"), OutOfMemory },
        { new AggregateException(new LibTorchException("CUDA out of memory.")), OutOfMemory },
        { new ModelGenException("The file 'CUDA out of memory' is cut off."), "The file 'CUDA out of memory' is cut off." },
        { new AggregateException(new ModelGenException("The file 'x' is cut off.")), "The file 'x' is cut off." },
        { new TypeInitializationException("ConvNet", new ModelGenException("libtorch is missing.")), "libtorch is missing." },
        {
            new LibTorchException("put_ does not have a deterministic implementation, but you set 'torch.use_deterministic_algorithms(True)'. You can turn off determinism"),
            "The operation 'put_' can't give the same bits each time, which --deterministic asks for: leave that out, or the layer that needs it."
        },
        {
            new InvalidOperationException("CUDA error: invalid\nException raised from here\n  frame #0"),
            "InvalidOperationException: CUDA error: invalid (MODELGEN_TRACE=1 in the environment prints where this comes from.)"
        },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void A_failed_run_is_one_line(Exception failure, string line)
    {
        var program = new TestProgram { Fails = failure };

        Assert.Equal(1, program.Run());
        Assert.Equal($"error: {line}\n", program.Error);
    }

    [Fact]
    public void A_stack_trace_follows_when_it_is_asked_for()
    {
        var program = new TestProgram { Fails = new IOException("No space."), Trace = true };

        Assert.Equal(1, program.Run());
        Assert.StartsWith("error: No space.\nSystem.IO.IOException: No space.\n   at ", program.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    /// <summary>An error of libtorch as TorchSharp throws it.</summary>
    private sealed class LibTorchException(string message) : ExternalException(message);
}

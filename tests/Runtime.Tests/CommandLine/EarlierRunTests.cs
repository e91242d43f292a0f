using CsCheck;
using ModelGen.CommandLine;
using ModelGen.Data;
using ModelGen.Tests.Training;
using ModelGen.Training;

namespace ModelGen.Tests.CommandLine;

/// <summary>Options that come from an earlier run: its checkpoint's, or those of its <c>run.json</c>. What the command line names holds over them.</summary>
public sealed class EarlierRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private TestOptions Earlier => new() { Out = _folder["run"], Epochs = 3, BatchSize = 64, Seed = 7, Limit = 500, Load = _folder["gone.pth"], StripPrefix = "module.", Save = _folder["weights.safetensors"], SaveOptimizer = _folder["optimizer.pth"] };

    public EarlierRunTests()
    {
        var test = new TestRun(Earlier);
        var run = test.Start();
        run.NextEpoch(new TestBatches(4))!.Complete(new Scores(0.5, 0.5, 64), null);
        test.End();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Resume_takes_all_options_and_does_not_ask_for_the_weights_that_the_run_began_from()
    {
        var program = new TestProgram();

        Assert.Equal(0, program.Run("--resume", "--out", _folder["run"], "--epochs", "5", "--no-progress"));
        Assert.Equal(Earlier with { Resume = true, Epochs = 5, Progress = false }, program.Options);
        Assert.False(File.Exists(program.Options!.Load));
    }

    [Fact]
    public void A_run_that_was_resumed_is_run_once_more_from_the_weights_that_it_began_from()
    {
        File.WriteAllText(_folder["gone.pth"], "there again");
        var resumed = new TestRun(Earlier with { Resume = true, LoadOptimizer = _folder["gone.pth"] });
        resumed.Start().NextEpoch(new TestBatches(4))!.Complete(new Scores(0.5, 0.5, 64), null);
        resumed.End();
        var program = new TestProgram();

        Assert.Equal(0, program.Run("train", "--config", _folder["run/run.json"], "--out", _folder["again"]));
        Assert.Equal((_folder["gone.pth"], "module.", _folder["gone.pth"]), (program.Options!.Load, program.Options.StripPrefix, program.Options.LoadOptimizer));
        Assert.Equal(0, program.Run("--resume", "--out", _folder["run"]));
        Assert.Equal(_folder["gone.pth"], program.Options!.Load);
    }

    [Fact]
    public void Resume_without_a_checkpoint_is_refused_before_anything_runs()
    {
        var program = new TestProgram();

        Assert.Equal(1, program.Run("--resume", "--out", _folder["other"]));
        Assert.Equal(
            $"error: There is no checkpoint '{_folder["other/last.ckpt"]}' to go on from: train without --resume, or name the run's folder with --out.\n", program.Error);
        Assert.Null(program.Ran);
    }

    [Fact]
    public void Resume_in_the_folder_of_another_networks_run_is_refused_before_its_options_are_taken()
    {
        var other = new TestRun(Earlier with { Out = _folder["other"], Resident = Residence.On });
        other.Start(setup => setup with { Model = "OtherNet" }).NextEpoch(new TestBatches(4))!.Complete(new Scores(0.5, 0.5, 64), null);
        other.End();
        var program = new TestProgram();

        Assert.Equal(1, program.Run("--resume", "--out", _folder["other"]));
        Assert.StartsWith($"error: '{_folder["other/last.ckpt"]}' is of a run of the network 'OtherNet', and this is 'TestNet': ", program.Error, StringComparison.Ordinal);
        Assert.Null(program.Ran);
    }

    [Fact]
    public void A_setting_of_a_checkpoint_that_can_no_longer_be_taken_is_none_to_edit()
    {
        var error = Assert.Throws<ModelGenException>(() => new TrainingSettings(new AugmentedOptions()).Recorded(new Dictionary<string, string> { ["resident"] = "on" }, "last.ckpt", "train without --resume"));

        Assert.Equal("'last.ckpt' has 'on' for 'resident', which takes auto or off (augmented images and rows are prepared on the host): train without --resume.", error.Message);
    }

    [Theory]
    [InlineData("run", "is a folder: give the run.json file in it.")]
    [InlineData("run/model.pth", "is not the run.json of a run (line 1): name such a file with --config.")]
    public void What_is_no_record_of_a_run_is_named(string file, string sentence)
    {
        var program = new TestProgram();

        Assert.Equal(1, program.Run("--config", _folder[file]));
        Assert.Equal($"error: '{_folder[file]}' {sentence}\n", program.Error);
    }

    [Fact]
    public void A_run_can_be_repeated_elsewhere_and_leaves_the_weights_that_it_saved()
    {
        File.WriteAllText(_folder["gone.pth"], "there again");
        var program = new TestProgram();

        Assert.Equal(0, program.Run("train", "--config", _folder["run/run.json"], "--seed", "8", "--out", _folder["again"]));
        Assert.Equal(Earlier with { Save = null, SaveOptimizer = null, Seed = 8, Out = _folder["again"] }, program.Options);
    }

    [Theory]
    [InlineData("\"seed\": \"7\"", "\"seed\": \"many\"", "' has 'many' for 'seed', which takes a whole number from -2147483648 to 2147483647: write such a value.")]
    [InlineData("\"seed\": \"7\"", "\"sed\": \"7\"", "' has the setting 'sed', which there is not: take it out.")]
    [InlineData("\"settings\": {", "\"settings\": [", "' is not the run.json of a run (line ")]
    [InlineData("{\n", "", "' is not the run.json of a run (line 1): name such a file with --config.")]
    public void A_file_that_was_edited_wrongly_is_refused(string right, string wrong, string sentence)
    {
        var path = _folder["run/run.json"];
        var text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));
        var program = new TestProgram();

        Assert.Equal(1, program.Run("--config", path));
        Assert.StartsWith($"error: '{path}{sentence}", program.Error, StringComparison.Ordinal);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
        Assert.Null(program.Ran);
    }

    [Fact]
    public void One_earlier_run_is_enough()
    {
        var program = new TestProgram();

        Assert.Equal(1, program.Run("--resume", "--config", _folder["run/run.json"], "--out", _folder["run"]));
        Assert.Equal("error: --resume takes its options from the checkpoint and --config from another run: give one of them.\n", program.Error);
    }

    [Theory]
    [InlineData("run", "error: '{0}' is a folder: give the run.json file in it.\n")]
    [InlineData("run/other.json", "error: There is no file '{0}': check the path.\n")]
    public void A_place_without_a_runs_options_is_named(string place, string sentence)
    {
        var program = new TestProgram();

        Assert.Equal(1, program.Run("--config", _folder[place]));
        Assert.Equal(sentence.Replace("{0}", _folder[place], StringComparison.Ordinal), program.Error);
    }

    [Theory]
    [InlineData("--load model.pth")]
    [InlineData("--load-optimizer optimizer.pth")]
    [InlineData("--strip-prefix module.")]
    [InlineData("--partial")]
    public void A_resumed_run_begins_from_nothing_else(string option)
    {
        var program = new TestProgram();

        Assert.Equal(1, program.Run(["--resume", .. option.Split(' '), "--out", _folder["run"]]));
        Assert.Equal($"error: --resume goes on from the checkpoint and {option.Split(' ')[0]} begins from another file: give one of them.\n", program.Error);
    }

    [Fact]
    public void One_number_of_images_is_enough()
    {
        var program = new TestProgram();

        Assert.Equal(1, program.Run("--overfit", "5", "--limit", "3", "--out", _folder["run"]));
        Assert.Equal("error: --overfit and --limit both say how much of the training data is used: give one of them.\n", program.Error);
    }

    [Theory]
    [InlineData("runs/net_1-a.b", "runs/net_1-a.b")]
    [InlineData("my runs", "'my runs'")]
    [InlineData("it's(1)&x", @"'it'\''s(1)&x'")]
    [InlineData("$HOME", "'$HOME'")]
    public void The_line_to_go_on_with_is_one_that_a_shell_takes(string folder, string word)
    {
        // Windows has other shells.
        if (!OperatingSystem.IsWindows())
            Assert.Equal(word, ModelGen.CommandLine.Resumption.Quoted(folder));
    }

    [Fact]
    public void A_fast_run_goes_on_with_no_other()
    {
        var program = new TestProgram();

        Assert.Equal(1, program.Run("--resume", "--fast-dev-run", "--out", _folder["run"]));
        Assert.Equal("error: --fast-dev-run is a run of its own, and --resume goes on with another: give one of them.\n", program.Error);
    }

    [Fact]
    public void A_fast_run_is_two_batches_in_a_folder_of_its_own()
    {
        var program = new TestProgram();

        Assert.Equal(0, program.Run("--fast-dev-run", "--batch-size", "16", "--out", _folder["run"], "--save", _folder["precious.safetensors"], "--save-optimizer", _folder["precious.pth"]));
        Assert.Equal(
            program.Defaults with
            {
                Epochs = 1,
                BatchSize = 16,
                Limit = 32,
                Out = _folder["run/fast-dev-run"],
                Save = _folder["run/fast-dev-run/precious.safetensors"],
                SaveOptimizer = _folder["run/fast-dev-run/precious.pth"],
            },
            program.Options);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(100, 64)]
    public void A_fast_run_takes_no_more_samples_than_it_is_limited_to(int limit, int taken)
    {
        var (limited, overfit) = (new TestProgram(), new TestProgram());

        Assert.Equal(0, limited.Run("--fast-dev-run", "--limit", $"{limit}", "--out", _folder["run"]));
        Assert.Equal(0, overfit.Run("--fast-dev-run", "--overfit", $"{limit}", "--out", _folder["run"]));
        Assert.Equal((taken, null), (limited.Options!.Limit, limited.Options.Overfit));
        Assert.Equal((null, taken), (overfit.Options!.Limit, overfit.Options.Overfit));
    }

    [Fact]
    public void A_fast_run_learns_from_two_batches_also_when_a_share_is_held_out() =>
        Gen.Select(Gen.Int[1, 300], Gen.Double[0.001, 0.95]).Sample((batchSize, share) =>
        {
            var program = new TestProgram { Defaults = new TestOptions { BatchSize = batchSize, Held = share } };

            Assert.Equal(0, program.Run("--fast-dev-run", "--out", _folder["run"]));
            var (stay, held) = HeldOut.Split(program.Options!.Limit!.Value, _ => 0, share, seed: 1, stratified: false);
            Assert.InRange(stay.Length, 2 * batchSize, int.MaxValue);
            Assert.NotEmpty(held);
        }, iter: 200, threads: 1);

    [Fact]
    public void A_run_that_was_stopped_says_how_to_go_on()
    {
        var program = new TestProgram { Fails = new TrainingStoppedException(_folder["run"], 3, 17, default) };

        Assert.Equal(130, program.Run("--out", _folder["run"]));
        Assert.Matches($@"^Stopped in epoch 3 after 17 batches\. To go on: .+ train --resume --out {System.Text.RegularExpressions.Regex.Escape(_folder["run"])}\n$", program.Out);
        Assert.Empty(program.Error);
    }

    [Fact]
    public void A_stopped_run_goes_on_with_the_backend_that_was_chosen_for_it_and_not_for_an_earlier_one()
    {
        var stopped = new TrainingStoppedException(_folder["run"], 3, 17, default);
        var other = new TestProgram { Backend = "csharp", Fails = stopped };
        var program = new TestProgram { Other = ("csharp", other.Run), Fails = stopped };

        Assert.Equal(130, program.Run("--backend", "csharp", "--out", _folder["run"]));
        Assert.Contains(" train --resume --backend csharp --out ", other.Out, StringComparison.Ordinal);
        Assert.Empty(program.Out);

        Assert.Equal(130, program.Run("--out", _folder["run"]));
        Assert.Contains(" train --resume --out ", program.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backend_that_there_is_not_is_refused()
    {
        var other = new TestProgram { Backend = "csharp" };
        var program = new TestProgram { Other = ("csharp", other.Run) };

        Assert.Equal(2, program.Run("--backend", "cuda"));
        Assert.Equal("error: --backend takes torch or csharp, not 'cuda'. Try --help.\n", program.Error);
        Assert.Equal(2, other.Run("--backend=torch"));
        Assert.Equal("error: --backend takes csharp, not 'torch'. Try --help.\n", other.Error);
    }
}

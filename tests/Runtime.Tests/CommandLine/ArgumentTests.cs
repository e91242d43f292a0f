using System.Globalization;
using ModelGen.CommandLine;
using ModelGen.Tests.Training;
using ModelGen.Training;

namespace ModelGen.Tests.CommandLine;

public sealed class ArgumentTests
{
    [Fact]
    public void Without_arguments_the_network_trains_with_its_defaults()
    {
        var program = new TestProgram();

        Assert.Equal(0, program.Run());
        Assert.Equal("train", program.Ran);
        Assert.Equal(program.Defaults, program.Options);
        Assert.Empty(program.Error);
    }

    [Theory]
    [InlineData("--epochs", "3")]
    [InlineData("train", "--epochs", "3")]
    [InlineData("--epochs=3")]
    [InlineData("train", "--epochs:3")]
    public void Options_alone_train(params string[] args)
    {
        var program = new TestProgram();

        Assert.Equal(0, program.Run(args));
        Assert.Equal("train", program.Ran);
        Assert.Equal(program.Defaults with { Epochs = 3 }, program.Options);
    }

    // But for --overfit, which is in the place of --limit.
    [Fact]
    public void Train_takes_every_option()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["w.pth"], "");
        var program = new TestProgram();

        Assert.Equal(0, program.Run([
            "train", "--data", "d", "--test-data", "t", "--epochs", "2", "--batch-size", "64", "--learning-rate", "1e-3", "--device", "cuda:1", "--seed", "-7",
            "--workers", "8", "--threads", "0", "--limit", "100", "--out", "o", "--load", folder["w.pth"], "--strip-prefix", "module.", "--save", folder["s.safetensors"], "--load-optimizer", folder["w.pth"], "--save-optimizer", "o.pth", "--no-progress",
            "--checkpoint-every", "50", "--keep", "3", "--no-cache", "--log", "tensorboard,jsonl",
            "--resident", "on",
        ]));
        Assert.Equal(
            new TestOptions
            {
                Data = "d",
                TestData = "t",
                Epochs = 2,
                BatchSize = 64,
                LearningRate = 0.001,
                Device = "cuda:1",
                Seed = -7,
                Workers = 8,
                Threads = 0,
                Limit = 100,
                Out = "o",
                Load = folder["w.pth"],
                StripPrefix = "module.",
                Save = folder["s.safetensors"],
                LoadOptimizer = folder["w.pth"],
                SaveOptimizer = "o.pth",
                Cache = false,
                Progress = false,
                CheckpointEvery = 50,
                Keep = 3,
                Resident = Residence.On,
                Log = LogFormats.Jsonl | LogFormats.TensorBoard,
            },
            program.Options);
    }

    [Theory]
    // Wrong values.
    [InlineData("--epochs abc", "--epochs takes a whole number of at least 1, not 'abc'.")]
    [InlineData("--epochs 0", "--epochs takes a whole number of at least 1, not '0'.")]
    [InlineData("--epochs 1.5", "--epochs takes a whole number of at least 1, not '1.5'.")]
    [InlineData("--epochs 1,000", "--epochs takes a whole number of at least 1, not '1,000'.")]
    [InlineData("--epochs 2147483648", "--epochs takes a whole number of at least 1, not '2147483648'; the largest is 2147483647.")]
    [InlineData("--batch-size 0", "--batch-size takes a whole number of at least 1, not '0'.")]
    [InlineData("--batch-size -8", "--batch-size takes a whole number of at least 1, not '-8'.")]
    [InlineData("--learning-rate 0", "--learning-rate takes a number from 1.4e-45 to 3.4e38, not '0'.")]
    [InlineData("--learning-rate -0.1", "--learning-rate takes a number from 1.4e-45 to 3.4e38, not '-0.1'.")]
    [InlineData("--learning-rate 0,1", "--learning-rate takes a number from 1.4e-45 to 3.4e38, not '0,1'.")]
    [InlineData("--learning-rate NaN", "--learning-rate takes a number from 1.4e-45 to 3.4e38, not 'NaN'.")]
    [InlineData("--learning-rate Infinity", "--learning-rate takes a number from 1.4e-45 to 3.4e38, not 'Infinity'.")]
    [InlineData("--learning-rate 3.5e38", "--learning-rate takes a number from 1.4e-45 to 3.4e38, not '3.5e38'.")]
    [InlineData("--learning-rate 1e-300", "--learning-rate takes a number from 1.4e-45 to 3.4e38, not '1e-300'.")]
    [InlineData("--learning-rate 1e999", "--learning-rate takes a number from 1.4e-45 to 3.4e38, not '1e999'.")]
    [InlineData("--workers 0", "--workers takes a whole number from 1 to 1024, not '0'.")]
    [InlineData("--workers 1025", "--workers takes a whole number from 1 to 1024, not '1025'.")]
    [InlineData("--threads 1000000", "--threads takes a whole number from 0 to 1024, not '1000000'.")]
    [InlineData("--threads -1", "--threads takes a whole number from 0 to 1024, not '-1'.")]
    [InlineData("--limit 0", "--limit takes a whole number of at least 1, not '0'.")]
    [InlineData("--overfit 0", "--overfit takes a whole number of at least 1, not '0'.")]
    [InlineData("--checkpoint-every 0", "--checkpoint-every takes a whole number of at least 1, not '0'.")]
    [InlineData("--keep -1", "--keep takes a whole number of at least 0, not '-1'.")]
    [InlineData("--log none,csv", "--log takes jsonl, csv and tensorboard, with commas between them, or none, not 'none,csv'.")]
    [InlineData("--log cvs", "--log takes jsonl, csv and tensorboard, with commas between them, or none, not 'cvs'; did you mean 'csv'?")]
    [InlineData("--log json,tensorbord", "--log takes jsonl, csv and tensorboard, with commas between them, or none, not 'json,tensorbord'; did you mean 'jsonl,tensorboard'?")]
    [InlineData("--log csv,csv", "--log takes jsonl, csv and tensorboard, with commas between them, or none, not 'csv,csv'; did you mean 'csv'?")]
    [InlineData("--log csv,wandb", "--log takes jsonl, csv and tensorboard, with commas between them, or none, not 'csv,wandb'.")]
    [InlineData("--log jsonl,", "--log takes jsonl, csv and tensorboard, with commas between them, or none, not 'jsonl,'.")]
    [InlineData("--resume yes", "train takes no 'yes'.")]
    [InlineData("--config ", "--config takes a path, not ''.")]
    [InlineData("summary --svg --mermaid", "--svg takes a path, not '--mermaid'.")]
    [InlineData("--config", "--config takes a path, and none is given.")]
    [InlineData("--fast-dev-ru", "train has no option '--fast-dev-ru'; did you mean '--fast-dev-run'?")]
    [InlineData("eval --resume", "eval has no option '--resume'.")]
    [InlineData("--seed 3000000000", "--seed takes a whole number from -2147483648 to 2147483647, not '3000000000'.")]
    [InlineData("--device gpu", "--device takes auto, cpu, cuda or cuda:N, not 'gpu'.")]
    [InlineData("--device cuda:", "--device takes auto, cpu, cuda or cuda:N, not 'cuda:'.")]
    [InlineData("--device cuda:-1", "--device takes auto, cpu, cuda or cuda:N, not 'cuda:-1'.")]
    [InlineData("--resident yes", "--resident takes auto, on or off, not 'yes'.")]
    // Forgotten and repeated values.
    [InlineData("--epochs", "--epochs takes a whole number of at least 1, and none is given.")]
    [InlineData("--epochs --seed 3", "--epochs takes a whole number of at least 1, not '--seed'.")]
    [InlineData("--out", "--out takes the path of a folder, and none is given.")]
    [InlineData("--out --no-progress", "--out takes the path of a folder, not '--no-progress'.")]
    [InlineData("--load --out x", "--load takes the path of a file, not '--out'.")]
    [InlineData("--save weights/", "--save takes the path of a file, not 'weights/'.")]
    [InlineData("--save-optimizer folder/", "--save-optimizer takes the path of a .pth file, not 'folder/'.")]
    [InlineData("--save-optimizer state.safetensors", "--save-optimizer takes the path of a .pth file, not 'state.safetensors'.")]
    [InlineData("--load-optimizer", "--load-optimizer takes the path of a file, and none is given.")]
    [InlineData("--strip-prefix --out x", "--strip-prefix takes the beginning of names, such as module., not '--out'.")]
    [InlineData("--data=", "--data takes the path of a folder, and none is given.")]
    [InlineData("--data ", "--data takes the path of a folder, not ''.")]
    [InlineData("--epochs 1 --epochs 2", "--epochs is given 2 times.")]
    // Options and verbs that don't exist.
    [InlineData("--epoch 3", "train has no option '--epoch'; did you mean '--epochs'?")]
    [InlineData("train --epoch abc --seed x", "train has no option '--epoch'; did you mean '--epochs'?")]
    [InlineData("--bacth-size 3", "train has no option '--bacth-size'; did you mean '--batch-size'?")]
    [InlineData("-e 3", "train has no option '-e'.")]
    [InlineData("--momentum 0.9", "train has no option '--momentum'.")]
    [InlineData("--version", "train has no option '--version'.")]
    [InlineData("eval --epochs 3", "eval has no option '--epochs'.")]
    [InlineData("data", "data takes --download with mnist or fashion_mnist.")]
    [InlineData("data --to x", "data takes --download with mnist or fashion_mnist.")]
    [InlineData("data --download", "--download takes mnist or fashion_mnist, and none is given.")]
    [InlineData("data --download cifar", "--download takes mnist or fashion_mnist, not 'cifar'.")]
    [InlineData("data --download mnist --to", "--to takes a path, and none is given.")]
    [InlineData("data --downlaod mnist", "data has no option '--downlaod'; did you mean '--download'?")]
    [InlineData("summary --seed 3", "summary has no option '--seed'.")]
    [InlineData("trian --epochs 3", "there is no verb 'trian'; did you mean 'train'?")]
    [InlineData("evaluate", "there is no verb 'evaluate'; the verbs are train, eval, predict, lr-find, summary, data.")]
    [InlineData("photo.png", "there is no verb 'photo.png'; the verbs are train, eval, predict, lr-find, summary, data.")]
    [InlineData("lr-find --steps 1", "--steps takes a whole number of at least 2, not '1'.")]
    [InlineData("lr-find --steps", "--steps takes a whole number of at least 2, and none is given.")]
    [InlineData("lr-find --from 0", "--from takes a number from 1.4e-45 to 3.4e38, not '0'.")]
    [InlineData("lr-find --to 0,1", "--to takes a number from 1.4e-45 to 3.4e38, not '0,1'.")]
    [InlineData("lr-find --from 1 --to 1", "lr-find takes a --from below its --to, not 1 and 1.")]
    [InlineData("lr-find --from 20", "lr-find takes a --from below its --to, not 20 and 10.")]
    [InlineData("lr-find --learning-rate 1", "lr-find has no option '--learning-rate'.")]
    [InlineData("lr-find --resume", "lr-find has no option '--resume'.")]
    [InlineData("frobnicate --help", "there is no verb 'frobnicate'; the verbs are train, eval, predict, lr-find, summary, data.")]
    [InlineData("eval --load", "--load takes the path of a file, and none is given.")]
    [InlineData("train faster", "train takes no 'faster'.")]
    [InlineData("--epochs 3 eval", "train takes no 'eval': a verb stands first, before the options.")]
    [InlineData("--no-progress true", "train takes no 'true'.")]
    // Images.
    [InlineData("predict", "predict takes the path of at least one image.")]
    [InlineData("predict a.png --devise cpu", "predict has no option '--devise'; did you mean '--device'?")]
    [InlineData("predict a.png -x", "predict has no option '-x'.")]
    [InlineData("predict a.png ", "predict takes the paths of images, not ''.")]
    public void A_wrong_command_line_is_one_sentence_and_nothing_runs(string args, string sentence)
    {
        var program = new TestProgram();

        Assert.Equal(2, program.Run(args.Split(' ')));
        Assert.Equal($"error: {sentence} Try --help.\n", program.Error);
        Assert.Empty(program.Out);
        Assert.Null(program.Ran);
    }

    [Theory]
    [InlineData("predict", "predict takes the path of at least one CSV file.")]
    [InlineData("predict a.csv ", "predict takes the paths of CSV files, not ''.")]
    public void A_network_of_rows_takes_files_of_them(string args, string sentence)
    {
        var program = new TestProgram { Sample = "row" };

        Assert.Equal(2, program.Run(args.Split(' ')));
        Assert.Equal($"error: {sentence} Try --help.\n", program.Error);
    }

    [Fact]
    public void The_help_of_a_network_of_rows_speaks_of_no_drawn_digits()
    {
        var program = new TestProgram { Sample = "row" };

        program.Run("--help");

        Assert.Matches(@"predict <file> +Say what the network predicts for rows\n", program.Out);
        Assert.Matches(@"--data <DIR> +Folder of the training data, or its CSV file\n", program.Out);
    }

    [Fact]
    public void The_help_of_a_network_of_images_promises_digits_only_where_they_fit()
    {
        var program = new TestProgram();

        program.Run("--help");

        Assert.Matches(@"--data <DIR> +Folder of the training data; without it, digits are drawn if they fit the network\n", program.Out);
    }

    [Theory]
    [InlineData("train --help", "--data <DIR> +Folder of the training data; without it")]
    [InlineData("eval --help", "--data <DIR> +Folder of the data, whose test set is taken or else its only one; without it")]
    [InlineData("train --help", @"--load <FILE> +Weights to start from\n")]
    [InlineData("lr-find --help", @"--load <FILE> +Weights to start from\n")]
    [InlineData("eval --help", @"--load <FILE> +Weights to use; without it, model\.pth in --out\n")]
    [InlineData("predict --help", @"--load <FILE> +Weights to use; without it, model\.pth in --out\n")]
    [InlineData("lr-find --help", @"--no-progress +No progress bar")]
    public void Each_verb_says_what_an_option_is_to_it(string args, string line)
    {
        var program = new TestProgram();

        Assert.Equal(0, program.Run(args.Split(' ')));
        Assert.Matches(line, program.Out);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("train --help")]
    [InlineData("--epoch 3 --help")]
    public void Help_shows_the_options_with_the_networks_defaults(string args)
    {
        var program = new TestProgram { Defaults = new TestOptions { Epochs = 7, LearningRate = 0.25, Out = "runs/mine" } };

        Assert.Equal(0, program.Run(args.Split(' ')));
        Assert.Matches(@"--epochs <N> +How often all training images are shown \[default: 7\]", program.Out);
        Assert.Matches(@"--learning-rate <X> +Step size of the optimizer \[default: 0\.25\]", program.Out);
        Assert.Matches(@"--out <DIR> +Folder of the run's files \[default: runs/mine\]", program.Out);
        Assert.Empty(program.Error);
        Assert.Null(program.Ran);
    }

    [Fact]
    public void Numbers_are_read_and_shown_the_same_where_a_comma_separates_decimals()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "~" } };
        try
        {
            var program = new TestProgram { Defaults = new TestOptions { LearningRate = 0.25, Seed = -3 } };

            Assert.Equal(0, program.Run("--learning-rate", "0.5", "--seed", "-1"));
            Assert.Equal(program.Defaults with { LearningRate = 0.5, Seed = -1 }, program.Options);
            Assert.Equal(0, program.Run("--help"));
            Assert.Contains("[default: 0.25]", program.Out, StringComparison.Ordinal);
            Assert.Contains("[default: -3]", program.Out, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Every_option_is_a_property_of_the_options_and_every_property_an_option() => Assert.Equal(
        typeof(TrainingOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order(StringComparer.Ordinal),
        new TrainingSettings(new TestOptions()).Train.Select(setting => setting.Property).Order(StringComparer.Ordinal));

    [Fact]
    public void Help_names_the_verbs_and_how_to_see_where_an_error_comes_from()
    {
        var program = new TestProgram();

        program.Run("--help");

        Assert.All(["train", "eval", "predict <image>", "lr-find", "summary", "data", "MODELGEN_TRACE=1"], word => Assert.Contains(word, program.Out, StringComparison.Ordinal));
    }
}

using System.CommandLine;
using ModelGen;
using TrainingBenchmarks;
using static TorchSharp.torch;

var data = new Option<string?>("--data") { Description = "The folder with the training data; without it digits are drawn" };
var seed = new Option<int>("--seed") { Description = "Decides the initial weights, the orders and the drawn digits", DefaultValueFactory = _ => 1 };
var rounds = Count("--rounds", 9, "Rounds that count; one before them is discarded");
var batchSize = Count("--batch-size", 32, "Images per step");
var threads = Count("--threads", 2, "Threads that libtorch computes with");
var batchSizes = Counts("--batch-size", 32, "Images per step or call; several are measured one after the other");
var threadCounts = Counts("--threads", 2, "Threads that libtorch computes with; several are measured one after the other");
var json = new Option<string?>("--json") { Description = "A file for the figures" };
var python = new Option<string?>("--python") { Description = "A Python that has PyTorch; without it python3 and /usr/bin/python3 are tried" };

var device = new Option<string>("--device") { Description = "cpu, cuda or cuda:1", DefaultValueFactory = _ => "cpu" };
var tf32 = new Option<bool>("--tf32") { Description = "Let CUDA round float32 products to TF32, in all programs" };

var steps = Count("--steps", 64, "Optimisation steps per round");
var throughput = new Command("throughput", "Images per second of training from memory, against a hand-written TorchSharp loop")
{
    data, seed, rounds, steps, batchSizes, threadCounts, python, json,
};
throughput.SetAction(parsed => Throughput.Run(
    Options(parsed),
    parsed.GetValue(batchSizes)!,
    parsed.GetValue(threadCounts)!,
    parsed.GetValue(rounds),
    parsed.GetValue(steps),
    Pythons(parsed),
    parsed.GetValue(json)));

var scaled = Checked(new Option<int[]>("--threads") { Description = "Numbers of threads; the others are compared with the first", DefaultValueFactory = _ => [1, 2], AllowMultipleArgumentsPerToken = true });
var scaling = new Command("scaling", "What more threads bring the network in plain C#, by itself")
{
    seed, rounds, steps, batchSize, scaled,
};
scaling.SetAction(parsed => Scaling.Run(Options(parsed) with { BatchSize = parsed.GetValue(batchSize) }, parsed.GetValue(scaled)!, parsed.GetValue(rounds), parsed.GetValue(steps)));

var fewSteps = Count("--steps", 8, "Optimisation steps per round");
var resnet = new Command("resnet", "Images per second of training ResNet-18 on 32x32 images, against a hand-written TorchSharp loop")
{
    seed, rounds, fewSteps, batchSize, threadCounts,
};
resnet.SetAction(parsed => ResNets.Run(
    Options(parsed) with { BatchSize = parsed.GetValue(batchSize) },
    parsed.GetValue(threadCounts)!,
    parsed.GetValue(rounds),
    parsed.GetValue(fewSteps)));

var images = Count("--images", 4_000, "Digits to draw when there is no --data");
var epochs = Count("--rounds", 5, "Epochs after the first");
var ownThreads = new Option<int>("--threads") { Description = "Threads that libtorch computes with; without it each program's own choice" };
var epoch = new Command("epoch", "Whole epochs from a folder of JPEG files, against the seed's program in PyTorch")
{
    data, seed, device, tf32, epochs, images, batchSize, ownThreads, python, json,
};
epoch.SetAction(parsed => Epochs.Run(
    Options(parsed) with { BatchSize = parsed.GetValue(batchSize), Threads = parsed.GetValue(ownThreads) },
    parsed.GetValue(images),
    parsed.GetValue(epochs),
    Pythons(parsed),
    parsed.GetValue(json)));

var deviceImages = Count("--images", 65_536, "Images of a round");
var onDevice = new Command("device", "Images per second of training from a device's own memory, against PyTorch eager and compiled")
{
    data, seed, device, tf32, rounds, deviceImages, batchSizes, python, json,
};
onDevice.SetAction(parsed => DeviceThroughput.Run(
    Options(parsed), parsed.GetValue(batchSizes)!, parsed.GetValue(deviceImages), parsed.GetValue(rounds), Pythons(parsed), parsed.GetValue(json)));

var target = new Option<double>("--target") { Description = "The share of right answers at which a program stops", DefaultValueFactory = _ => 0.99 };
var most = new Option<int?>("--epochs") { Description = "Epochs at most; without it the recipes'" };
var accuracy = new Command("accuracy", "The time from a folder of JPEG files to a test accuracy, against the seed's program in PyTorch")
{
    data, seed, device, tf32, images, target, most, python, json,
};
accuracy.SetAction(parsed => Accuracy.Run(
    Options(parsed), parsed.GetValue(images), parsed.GetValue(target), parsed.GetValue(most), Pythons(parsed), parsed.GetValue(json)));

var allSteps = Count("--steps", 10_000, "Optimisation steps; above 1,000 whole thousands");
var left = new Command("steps", "What training steps leave behind: managed bytes, tensors, resident memory")
{
    data, seed, allSteps, batchSize, threads,
};
left.SetAction(parsed => Steps.Run(
    Options(parsed) with { BatchSize = parsed.GetValue(batchSize), Threads = parsed.GetValue(threads) }, parsed.GetValue(allSteps)));

var predicted = Count("--images", 1_024, "Images per round: with large batches fewer calls");
var predict = new Command("predict", "What a call of the generated predictor takes, against eager TorchSharp")
{
    seed, rounds, predicted, batchSizes, threadCounts, json,
};
predict.SetAction(parsed => Predicting.Run(
    Options(parsed),
    parsed.GetValue(batchSizes)!,
    parsed.GetValue(threadCounts)!,
    parsed.GetValue(rounds),
    parsed.GetValue(predicted),
    parsed.GetValue(json)));

var precision = new Option<string>("--precision") { Description = "What both compute in", DefaultValueFactory = _ => "float64" };
precision.AcceptOnlyFromAmong("float32", "float64");
var curveSteps = Count("--steps", 200, "Batches to train on");
var lossCurve = new Command("loss-curve", "The losses of the generated trainer against those of the same program in PyTorch")
{
    data, seed, curveSteps, precision, python,
};
lossCurve.SetAction(parsed => LossCurve.Run(
    Options(parsed), parsed.GetValue(curveSteps), parsed.GetValue(precision) == "float64" ? ScalarType.Float64 : ScalarType.Float32, Pythons(parsed)));

try
{
    var root = new RootCommand("Measures what is generated.") { throughput, scaling, resnet, onDevice, epoch, accuracy, left, predict, lossCurve };
    return root.Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is ModelGenException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

Mnist.ConvNet.Options Options(ParseResult parsed) => new()
{
    Device = parsed.GetResult(device) is null ? "cpu" : parsed.GetValue(device)!,
    Tf32 = parsed.GetValue(tf32),
    Data = parsed.GetValue(data),
    Seed = parsed.GetValue(seed),
};

string[] Pythons(ParseResult parsed) => parsed.GetValue(python) is { } chosen ? [chosen] : ["python3", "/usr/bin/python3"];

static Option<int> Count(string name, int value, string description) =>
    Checked(new Option<int>(name) { Description = description, DefaultValueFactory = _ => value });

static Option<int[]> Counts(string name, int value, string description) =>
    Checked(new Option<int[]>(name) { Description = description, DefaultValueFactory = _ => [value], AllowMultipleArgumentsPerToken = true });

static TOption Checked<TOption>(TOption option)
    where TOption : Option
{
    option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => !(int.TryParse(token.Value, out var count) && count >= 1)))
            result.AddError($"{option.Name} takes whole numbers of at least 1, not '{token.Value}'.");
    });
    return option;
}

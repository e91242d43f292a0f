using System.CommandLine;
using ModelGen;
using TrainingBenchmarks;
using static TorchSharp.torch;

var data = new Option<string?>("--data") { Description = "The folder with the training data; without it digits are drawn" };
var rounds = Count("--rounds", 9, "Rounds that count; one before them is discarded");
var steps = Count("--steps", 64, "Optimisation steps per round");
var threads = Count("--threads", 2, "Threads that libtorch computes with");
var batchSize = Count("--batch-size", 32, "Images per step");
var json = new Option<string?>("--json") { Description = "A file for the figures" };
var throughput = new Command("throughput", "Images per second of the generated trainer against a hand-written TorchSharp loop") { data, rounds, steps, threads, batchSize, json };
throughput.SetAction(parsed => Throughput.Run(
    new() { Device = "cpu", Data = parsed.GetValue(data), Threads = parsed.GetValue(threads), BatchSize = parsed.GetValue(batchSize) },
    parsed.GetValue(rounds),
    parsed.GetValue(steps),
    parsed.GetValue(json)));

var seed = new Option<int>("--seed") { Description = "Decides the initial weights, the order and the drawn digits", DefaultValueFactory = _ => 1 };
var precision = new Option<string>("--precision") { Description = "What both compute in", DefaultValueFactory = _ => "float64" };
precision.AcceptOnlyFromAmong("float32", "float64");
var curveSteps = Count("--steps", 200, "Batches to train on");
var python = new Option<string?>("--python") { Description = "A Python that has PyTorch; without it python3 and /usr/bin/python3 are tried" };
var lossCurve = new Command("loss-curve", "The losses of the generated trainer against those of the same program in PyTorch") { data, curveSteps, seed, precision, python };
lossCurve.SetAction(parsed => LossCurve.Run(
    new() { Device = "cpu", Data = parsed.GetValue(data), Seed = parsed.GetValue(seed) },
    parsed.GetValue(curveSteps),
    parsed.GetValue(precision) == "float64" ? ScalarType.Float64 : ScalarType.Float32,
    parsed.GetValue(python) is { } chosen ? [chosen] : ["python3", "/usr/bin/python3"]));

try
{
    return new RootCommand("Measures the generated trainer.") { throughput, lossCurve }.Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is ModelGenException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

static Option<int> Count(string name, int value, string description)
{
    var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
    option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var count) && count >= 1))
            result.AddError($"{name} takes a whole number of at least 1, not '{token.Value}'.");
    });
    return option;
}

using System.CommandLine;
using System.Diagnostics;
using InferenceBenchmarks;
using ModelGen;

var rounds = new Option<int>("--rounds") { Description = "Rounds that count; one before them is discarded", DefaultValueFactory = _ => 9 };
var milliseconds = new Option<int>("--milliseconds") { Description = "What a program computes for in a round, about", DefaultValueFactory = _ => 200 };
var batchSizes = new Option<int[]>("--batch-size") { Description = "Images per call", DefaultValueFactory = _ => [1], AllowMultipleArgumentsPerToken = true };
var threads = new Option<int[]>("--threads") { Description = "Threads that each computes with", DefaultValueFactory = _ => [1], AllowMultipleArgumentsPerToken = true };
var names = new Option<string[]>("--network") { Description = "seed, LeNet-5, ResNet-18, MobileNetV2, ViT-tiny; without it all of them", AllowMultipleArgumentsPerToken = true };
var root = new RootCommand("The C# backend's predictions against ONNX Runtime's: the same weights, the same inputs, the same number of threads.") { rounds, milliseconds, batchSizes, threads, names };
root.SetAction(parsed =>
{
    ReleaseBuild.Require();
    var folder = Directory.CreateTempSubdirectory("modelgen-inference-");
    try
    {
        var chosen = parsed.GetValue(names) is { Length: > 0 } some ? Networks.All.Where(network => some.Contains(network.Name)) : Networks.All;
        foreach (var network in chosen)
        {
            var (onnx, weights) = (Path.Combine(folder.FullName, network.Name + ".onnx"), Path.Combine(folder.FullName, network.Name + ".safetensors"));
            ModelGen.Torch.LibTorch.Configure(threads: 0, seed: 1);
            network.Export(onnx, weights);
            foreach (var batch in parsed.GetValue(batchSizes)!)
            {
                foreach (var count in parsed.GetValue(threads)!)
                    Measure(network, onnx, weights, batch, count, parsed.GetValue(rounds), parsed.GetValue(milliseconds));
            }
        }
    }
    finally
    {
        folder.Delete(recursive: true);
    }
});
return root.Parse(args).Invoke();

static void Measure(Network network, string onnx, string weights, int batch, int threads, int rounds, int milliseconds)
{
    var random = new Random(1);
    var inputs = new float[batch * network.InputLength];
    foreach (ref var value in inputs.AsSpan())
        value = random.NextSingle();
    using var csharp = new CSharpProgram(network, weights, inputs, batch, threads);
    using var peer = new OnnxProgram(network, onnx, inputs, batch, threads);
    Check(csharp.Run(), peer.Run());

    (string Name, Func<float[]> Call)[] programs = [("C#", csharp.Run), ("ONNX Runtime", peer.Run)];
    var speeds = Rounds.Interleave(programs.Length, rounds, (program, _) =>
    {
        var (start, calls) = (Stopwatch.GetTimestamp(), 0);
        do
        {
            programs[program].Call();
            calls++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < milliseconds);
        return calls / Stopwatch.GetElapsedTime(start).TotalSeconds;
    });
    Console.WriteLine($"\n{network.Name}, batch {batch}, threads {threads}, {rounds} rounds of about {milliseconds} ms");
    Report.Print("us/call", programs[^1].Name, programs.Zip(speeds, (program, speed) => new Line(
        program.Name, Spread.Of(speed.Select(perSecond => 1e6 / perSecond)), Spread.Of(Rounds.Ratios(speed, speeds[^1])))));
}

// Relative to the largest output: float32 in another order.
static void Check(float[] outputs, float[] expected)
{
    const double Tolerance = 1e-4;
    var largest = expected.Max(Math.Abs);
    var difference = outputs.Zip(expected, (left, right) => Math.Abs(left - right)).Max() / largest;
    if (!(difference <= Tolerance))
        throw new ModelGenException($"The programs don't do the same work: outputs differ by {difference:0.0e+0} of the largest, more than {Tolerance:0.0e+0}.");
    Console.WriteLine($"Same work: outputs differ by at most {difference:0.0e+0} of the largest ({Tolerance:0.0e+0} passes)");
}

using System.Diagnostics;
using MnistCSharp;
using ModelGen.Cpu;
using ModelGen.Data;

// The weights are part of the program: `dotnet run --project samples/MnistCSharp -- --save model.safetensors` wrote them.
var network = new ConvNet();
using (var weights = typeof(Program).Assembly.GetManifestResourceStream("model.safetensors")!)
    Weights.Load(network, weights);
var predictor = new ConvNet.Predictor(network);

// Stands for the images that a service would get: ten digits that the network has never seen.
var digits = DrawnDigits.Draw(count: 10, seed: 2, ConvNet.Data.ImageShape);
var predictions = new ConvNet.Prediction[1];
for (var i = 0; i < digits.Count; i++)
{
    predictor.Predict(digits.Pixels(i), predictions);
    if (i == 0)
        Console.WriteLine($"First prediction {(DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds:F0} ms after the start of the process");
    Console.WriteLine($"A drawn {digits.Label(i)} is taken for a {predictions[0].Label} ({predictions[0].Confidence:P1})");
}

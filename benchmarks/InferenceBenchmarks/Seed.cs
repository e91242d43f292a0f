using ModelGen;

namespace InferenceBenchmarks;

/// <summary>The seed's network (samples/Mnist/ConvNet.cs) for TorchSharp, which writes it as ONNX.</summary>
[Model, Compile(Onnx = true), Input(3, 28, 28)]
[Conv2d(16, 5, Padding = 2), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(32, 5, Padding = 2), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(10), LogSoftmax]
internal sealed partial class Seed;

/// <summary>The same in plain C#.</summary>
[Model, Compile(Backend.CSharp), Input(3, 28, 28)]
[Conv2d(16, 5, Padding = 2), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(32, 5, Padding = 2), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(10), LogSoftmax]
internal sealed partial class CSharpSeed;

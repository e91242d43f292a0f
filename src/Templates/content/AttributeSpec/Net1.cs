using ModelGen;

namespace ModelGenNamespace;

/// <summary>A network, declared by attributes.</summary>
[Model, Input(3, 64, 64)]
[Conv2d(16, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Flatten, Linear(10)]
public partial class Net1;

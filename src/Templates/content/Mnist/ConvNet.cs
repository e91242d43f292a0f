using ModelGen;

namespace ModelGenNamespace;

/// <summary>Reads handwritten digits: two convolutional blocks and a linear layer, declared by attributes.</summary>
[Model, Input(3, 28, 28)]
[Conv2d(16, 5, Padding = 2), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(32, 5, Padding = 2), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(10), LogSoftmax]
[Training(Loss.Nll, Optimizer.Sgd, LearningRate = 0.01, BatchSize = 32, Epochs = 20)]
[ImageFolder]
public partial class ConvNet;

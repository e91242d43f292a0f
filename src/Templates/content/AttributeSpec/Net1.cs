using ModelGen;

namespace ModelGenNamespace;

/// <summary>A network, declared by attributes.</summary>
[Model, Input(3, 64, 64)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(64, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[GlobalAvgPool, Linear(10)]
[Training(Loss.CrossEntropy, Optimizer.AdamW, Schedule = Schedule.Cosine, Epochs = 20, ValidationShare = 0.2)]
[ImageFolder(Resize = Resize.Fit)]
public partial class ModelGenClass;

using ModelGen;

namespace ModelGenNamespace;

/// <summary>Tells what is on an image: four convolutional blocks, declared by attributes.</summary>
[Model, Input(3, SIZE, SIZE)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(64, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(128, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[GlobalAvgPool, Linear(CLASSES)]
[Training(Loss.CrossEntropy, Optimizer.AdamW, Schedule = Schedule.Cosine, Epochs = 20, ValidationShare = 0.2)]
[ImageFolder(Resize = Resize.Fit)]
public partial class Classifier;

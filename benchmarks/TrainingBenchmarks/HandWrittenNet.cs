using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainingBenchmarks;

/// <summary>The network as TorchSharp's examples write one: fields, <c>RegisterComponents</c>, and temporaries left to the caller's scope.</summary>
internal sealed class HandWrittenNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(3, 16, 5, padding: 2);
    private readonly BatchNorm2d bn1 = BatchNorm2d(16);
    private readonly ReLU relu1 = ReLU();
    private readonly MaxPool2d pool1 = MaxPool2d(2);
    private readonly Conv2d conv2 = Conv2d(16, 32, 5, padding: 2);
    private readonly BatchNorm2d bn2 = BatchNorm2d(32);
    private readonly ReLU relu2 = ReLU();
    private readonly MaxPool2d pool2 = MaxPool2d(2);
    private readonly Flatten flatten = Flatten();
    private readonly Linear fc1 = Linear(1568, 10);
    private readonly LogSoftmax logSoftmax = LogSoftmax(1);

    public HandWrittenNet()
        : base("HandWrittenNet") => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var x = pool1.call(relu1.call(bn1.call(conv1.call(input))));
        x = pool2.call(relu2.call(bn2.call(conv2.call(x))));
        return logSoftmax.call(fc1.call(flatten.call(x)));
    }
}

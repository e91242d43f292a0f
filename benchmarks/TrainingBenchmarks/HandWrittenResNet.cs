using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainingBenchmarks;

/// <summary>ResNet-18 as one writes it by hand after torchvision's, with torchvision's names.</summary>
internal sealed class HandWrittenResNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false);
    private readonly BatchNorm2d bn1 = BatchNorm2d(64);
    private readonly ReLU relu = ReLU();
    private readonly MaxPool2d maxpool = MaxPool2d(3, stride: 2, padding: 1);
    private readonly Sequential layer1 = Sequential(new Block(64, 64, 1), new Block(64, 64, 1));
    private readonly Sequential layer2 = Sequential(new Block(64, 128, 2), new Block(128, 128, 1));
    private readonly Sequential layer3 = Sequential(new Block(128, 256, 2), new Block(256, 256, 1));
    private readonly Sequential layer4 = Sequential(new Block(256, 512, 2), new Block(512, 512, 1));
    private readonly AdaptiveAvgPool2d avgpool = AdaptiveAvgPool2d(1);
    private readonly Linear fc = Linear(512, 10);

    public HandWrittenResNet()
        : base("HandWrittenResNet") => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var x = maxpool.call(relu.call(bn1.call(conv1.call(input))));
        x = layer4.call(layer3.call(layer2.call(layer1.call(x))));
        return fc.call(avgpool.call(x).flatten(1));
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1;
        private readonly BatchNorm2d bn1;
        private readonly ReLU relu = ReLU();
        private readonly Conv2d conv2;
        private readonly BatchNorm2d bn2;
        private readonly Sequential? downsample;

        public Block(long channels, long width, long stride)
            : base("Block")
        {
            conv1 = Conv2d(channels, width, 3, stride: stride, padding: 1, bias: false);
            bn1 = BatchNorm2d(width);
            conv2 = Conv2d(width, width, 3, padding: 1, bias: false);
            bn2 = BatchNorm2d(width);
            downsample = stride == 1 && channels == width ? null : Sequential(Conv2d(channels, width, 1, stride: stride, bias: false), BatchNorm2d(width));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var x = bn2.call(conv2.call(relu.call(bn1.call(conv1.call(input)))));
            return relu.call(x + (downsample?.call(input) ?? input));
        }
    }
}

"""The networks of the zoo that torchvision has as well, by the names of their specs."""
import torchvision.models

MODELS = {
    "AlexNet": "alexnet",
    "Vgg11": "vgg11",
    "Vgg11Bn": "vgg11_bn",
    "Vgg16": "vgg16",
    "Vgg16Bn": "vgg16_bn",
    "ResNet18": "resnet18",
    "ResNet50": "resnet50",
    "ResNet152": "resnet152",
    "SqueezeNet": "squeezenet1_0",
    "DenseNet121": "densenet121",
    "GoogLeNet": "googlenet",
    "MobileNetV2": "mobilenet_v2",
    "MobileNetV3Small": "mobilenet_v3_small",
    "EfficientNetB0": "efficientnet_b0",
    "ViTB16": "vit_b_16",
}


def create(name):
    # GoogLeNet's own initial values take SciPy and half a minute.
    extra = {"aux_logits": False, "init_weights": False} if name == "GoogLeNet" else {}
    return getattr(torchvision.models, MODELS[name])(weights=None, **extra)

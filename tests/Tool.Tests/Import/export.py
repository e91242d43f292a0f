"""Exports a network to ONNX as PyTorch does: export.py NAME FILE OPSET. NHWC is built node by node, as Keras networks come."""
import sys

import torch
from torch import nn

name, path, opset = sys.argv[1], sys.argv[2], int(sys.argv[3])
torch.manual_seed(1)


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = nn.functional.max_pool2d(torch.tanh(self.conv1(x)), 2)
        x = nn.functional.max_pool2d(torch.tanh(self.conv2(x)), 2)
        x = x.view(x.size(0), -1)
        return self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x)))))


class Twice(nn.Sequential):
    def __init__(self, taken, given):
        super().__init__(
            nn.Conv2d(taken, given, 3, padding=1, bias=False), nn.BatchNorm2d(given), nn.ReLU(),
            nn.Conv2d(given, given, 3, padding=1, bias=False), nn.BatchNorm2d(given), nn.ReLU())


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1, self.down2, self.bottom = Twice(3, 8), Twice(8, 16), Twice(16, 32)
        self.up2, self.join2 = nn.ConvTranspose2d(32, 16, 2, stride=2), Twice(32, 16)
        self.up1, self.join1 = nn.Upsample(scale_factor=2, mode="bilinear"), Twice(24, 8)
        self.head = nn.Conv2d(8, 2, 1)

    def forward(self, x):
        one = self.down1(x)
        two = self.down2(nn.functional.max_pool2d(one, 2))
        low = self.bottom(nn.functional.max_pool2d(two, 2))
        two = self.join2(torch.cat([two, self.up2(low)], 1))
        return self.head(self.join1(torch.cat([one, self.up1(two)], 1)))


class Padded(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Conv2d(3, 4, 3), nn.ZeroPad2d((1, 2, 3, 0)), nn.Conv2d(4, 4, 3), nn.ReflectionPad2d((2, 1, 0, 3)), nn.Conv2d(4, 4, 3),
            nn.ReplicationPad2d(1), nn.Conv2d(4, 4, 3), nn.ConstantPad2d((0, 1, 0, 0), 2.0), nn.Conv2d(4, 4, 3))


class Activations(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.ModuleList(nn.Linear(8, 8) for _ in range(7))
        self.norm = nn.LayerNorm(8)
        self.acts = [nn.GELU(), nn.GELU(approximate="tanh"), nn.Hardswish(), nn.SiLU(), nn.Mish(), nn.Hardsigmoid(), nn.Softplus()]

    def forward(self, x):
        for fc, act in zip(self.fc, self.acts):
            x = self.norm(act(fc(x)))
        return x


def nhwc():
    """What tf2onnx makes of a Keras network: images with their channels last, paddings by word, products of matrices and sums."""
    import numpy
    import onnx
    from onnx import helper, numpy_helper

    random = numpy.random.RandomState(1)
    weights = {
        "conv/kernel": random.randn(8, 3, 3, 3) / 5, "conv/bias": random.randn(8), "depthwise/kernel": random.randn(8, 1, 3, 3) / 3,
        "bn/gamma": random.rand(8) + 0.5, "bn/beta": random.randn(8), "bn/mean": random.randn(8), "bn/variance": random.rand(8) + 0.5,
        "dense/kernel": random.randn(8 * 3 * 4, 10) / 10, "dense/bias": random.randn(10),
    }
    tensors = [numpy_helper.from_array(value.astype(numpy.float32), key) for key, value in weights.items()]
    tensors += [numpy_helper.from_array(numpy.array([-1, 8 * 3 * 4], numpy.int64), "shape")]
    first, last = [0, 3, 1, 2], [0, 2, 3, 1]
    nodes = [
        helper.make_node("Transpose", ["image"], ["a"], name="to_nchw", perm=first),
        helper.make_node("Conv", ["a", "conv/kernel", "conv/bias"], ["b"], name="conv", auto_pad="SAME_UPPER", strides=[2, 2]),
        helper.make_node("Transpose", ["b"], ["c"], name="to_nhwc", perm=last),
        helper.make_node("Relu", ["c"], ["d"], name="relu"),
        helper.make_node("Transpose", ["d"], ["e"], name="to_nchw_2", perm=first),
        helper.make_node("Conv", ["e", "depthwise/kernel"], ["f"], name="depthwise", auto_pad="SAME_UPPER", group=8),
        helper.make_node("BatchNormalization", ["f", "bn/gamma", "bn/beta", "bn/mean", "bn/variance"], ["g"], name="bn", epsilon=0.001),
        helper.make_node("MaxPool", ["g"], ["h"], name="pool", kernel_shape=[2, 2], strides=[2, 2], auto_pad="SAME_UPPER"),
        helper.make_node("Transpose", ["h"], ["i"], name="to_nhwc_2", perm=last),
        helper.make_node("Reshape", ["i", "shape"], ["j"], name="flatten"),
        helper.make_node("MatMul", ["j", "dense/kernel"], ["k"], name="dense"),
        helper.make_node("Add", ["k", "dense/bias"], ["l"], name="bias"),
        helper.make_node("Softmax", ["l"], ["scores"], name="softmax"),
    ]
    graph = helper.make_graph(
        nodes, "keras", [helper.make_tensor_value_info("image", onnx.TensorProto.FLOAT, ["n", 11, 13, 3])],
        [helper.make_tensor_value_info("scores", onnx.TensorProto.FLOAT, ["n", 10])], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, path)


if name == "nhwc":
    nhwc()
else:
    size = {"lenet": (1, 28, 28), "unet": (3, 32, 48), "padded": (3, 20, 24), "activations": (5, 8)}.get(name, (3, 224, 224))
    own = {"lenet": LeNet, "unet": UNet, "padded": Padded, "activations": Activations}
    if name in own:
        network = own[name]()
    else:
        import torchvision

        network = getattr(torchvision.models, name)(weights=None)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.running_var, 0.5, 2)
            nn.init.normal_(module.running_mean, 0, 0.1)
    network.eval()
    torch.onnx.export(network, torch.rand(2, *size), path, opset_version=opset, input_names=["image"], output_names=["scores"], dynamic_axes={"image": [0], "scores": [0]})

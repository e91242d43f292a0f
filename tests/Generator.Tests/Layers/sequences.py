"""Layers over sequences as PyTorch has them, with the weights of emitted networks.

usage: sequences.py FOLDER OUTPUTS

For each CASE loads FOLDER/CASE.pth, strictly and in the same order, and writes what it gives for FOLDER/CASE.input.pth. With PyTorch's generator
at the same seed, a new module's own weights must be those of FOLDER/CASE.initial.pth.
"""
import os
import sys

import torch
from torch import nn
import torch.nn.functional as F


class SqueezeExcitation(nn.Module):
    """torchvision's, without torchvision."""

    def __init__(self, channels, squeeze, activation, gate):
        super().__init__()
        self.fc1, self.fc2 = nn.Conv2d(channels, squeeze, 1), nn.Conv2d(squeeze, channels, 1)
        self.activation, self.gate = activation, gate

    def forward(self, x):
        return x * self.gate(self.fc2(self.activation(self.fc1(F.adaptive_avg_pool2d(x, 1)))))


class Tensor(nn.Module):
    def __init__(self, *shape, std=0.0):
        super().__init__()
        self.x = nn.Parameter(torch.empty(shape).normal_(std=std) if std else torch.zeros(shape))


def sinusoids(x):
    length, features = x.shape[1:]
    position, feature = torch.arange(length).double()[:, None], torch.arange(0, features, 2).double()
    angle = position / 10_000 ** (feature / features)
    table = torch.zeros(length, features)
    table[:, 0::2], table[:, 1::2] = angle.sin(), angle.cos()[:, : features // 2]
    return x + table


def later(x):
    return torch.triu(torch.full((x.shape[1], x.shape[1]), float("-inf")), diagonal=1)


def last(states):
    return states.transpose(0, 1).flatten(1)


first = dict(dim_feedforward=12, activation="gelu", norm_first=True, layer_norm_eps=0.1, batch_first=True)
CASES = {
    "Embedding": (lambda: nn.Embedding(7, 4, padding_idx=3), lambda m, x: m(x)),
    "Positions": (lambda: Tensor(1, 5, 8, std=0.02), lambda m, x: x + m.x),
    "Token": (lambda: Tensor(1, 1, 8), lambda m, x: torch.cat([m.x.expand(len(x), -1, -1), x], 1)),
    "Sinusoids": (nn.Identity, lambda m, x: sinusoids(x)),
    "Patches": (lambda: nn.Conv2d(3, 5, (4, 2), (4, 2)), lambda m, x: m(x).flatten(2).transpose(1, 2)),
    "SelfAttention": (lambda: nn.MultiheadAttention(8, 2, batch_first=True), lambda m, x: m(x, x, x)[0]),
    "CausalAttention": (lambda: nn.MultiheadAttention(8, 4, bias=False, batch_first=True), lambda m, x: m(x, x, x, attn_mask=later(x))[0]),
    "CrossAttention": (lambda: nn.MultiheadAttention(8, 2, batch_first=True), lambda m, x: m(sinusoids(x), x, x)[0]),
    "Encoder": (lambda: nn.TransformerEncoderLayer(8, 2, 12, batch_first=True), lambda m, x: m(x)),
    "EncoderFirst": (lambda: nn.TransformerEncoderLayer(8, 2, **first), lambda m, x: m(x, later(x))),
    "Decoder": (lambda: nn.TransformerDecoderLayer(8, 2, 12, batch_first=True), lambda m, x: m(sinusoids(x), x)),
    "DecoderFirst": (lambda: nn.TransformerDecoderLayer(8, 2, **first), lambda m, x: m(sinusoids(x), x, later(x))),
    "Lstm": (lambda: nn.LSTM(3, 4, 2, bidirectional=True, batch_first=True), lambda m, x: m(x)[0]),
    "LstmLast": (lambda: nn.LSTM(3, 4, 2, bidirectional=True, batch_first=True), lambda m, x: last(m(x)[1][0][-2:])),
    "Gru": (lambda: nn.GRU(3, 4, bias=False, batch_first=True), lambda m, x: m(x)[0]),
    "GruLast": (lambda: nn.GRU(3, 4, 2, batch_first=True), lambda m, x: m(x)[0][:, -1]),
    "Rnn": (lambda: nn.RNN(3, 4, batch_first=True), lambda m, x: m(x)[0]),
    "RnnLast": (lambda: nn.RNN(3, 4, nonlinearity="relu", bidirectional=True, batch_first=True), lambda m, x: last(m(x)[1])),
    "Squeeze": (lambda: SqueezeExcitation(6, 2, nn.ReLU(), nn.Sigmoid()), lambda m, x: m(x)),
    "SqueezeHard": (lambda: SqueezeExcitation(6, 2, nn.SiLU(), nn.Hardsigmoid()), lambda m, x: m(x)),
}

folder, outputs = sys.argv[1:]


def load(name):
    return torch.load(os.path.join(folder, name), weights_only=True)


def weights(name):
    return {key if key == "x" else key[2:]: value for key, value in load(name).items()}


results = {}
for name, (create, call) in CASES.items():
    torch.manual_seed(7)
    module = create()
    own, initial = module.state_dict(), weights(f"{name}.initial.pth")
    assert list(own) == list(initial), f"{name}: {list(own)}, but {list(initial)}"
    for key, value in own.items():
        assert torch.allclose(value, initial[key], atol=1e-6), f"{name}: {key} begins as {initial[key]}, but should as {value}"
    module.load_state_dict(weights(f"{name}.pth"), strict=True)
    module.eval()
    with torch.no_grad():
        results[name] = call(module, load(f"{name}.input.pth")["input"]).contiguous()
torch.save(results, outputs)

"""Layers as PyTorch has them, each a network of one layer with our weights.

usage: layers.py FOLDER

FOLDER/cases.txt has a line for each case: the layer's name in the state_dict, a tab, and the layer in Python. Case number i loads i.weights.pth,
strictly, and writes what the layer gives for i.input.pth in training and in evaluation, behind its own initial state, to i.expected.pth.
"""
import os
import sys
from collections import OrderedDict

import torch
from torch import nn

folder = sys.argv[1]
with open(os.path.join(folder, "cases.txt"), encoding="utf-8") as file:
    cases = [line.rstrip("\n").split("\t") for line in file]

for i, (name, layer) in enumerate(cases):
    def at(what):
        return os.path.join(folder, f"{i}.{what}.pth")

    model = nn.Sequential(OrderedDict([(name, eval(layer))]))
    expected = OrderedDict((f"initial {key}", value.clone()) for key, value in model.state_dict().items())
    model.load_state_dict(torch.load(at("weights"), weights_only=True), strict=True)
    x = torch.load(at("input"), weights_only=True)["x"]
    with torch.no_grad():
        expected["training"] = model.train()(x)
        expected["evaluation"] = model.eval()(x)
    torch.save(expected, at("expected"))

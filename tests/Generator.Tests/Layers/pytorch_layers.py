"""Layers as PyTorch has them, beside the emitted ones.

usage: pytorch_layers.py FOLDER MODULE...

MODULE is a Python expression. Module number i, made from the seed i, has the state_dict that weights{i}.pth holds: the same keys in the same order, and
the same values. What the modules give for input{i}.pth goes to outputs.pth.
"""
import os
import sys

import torch
from torch import nn


def on(module, call):
    """A module that is called in a way of its own."""
    module.call = call
    return module


folder, *modules = sys.argv[1:]
outputs = {}
for i, expression in enumerate(modules):
    torch.manual_seed(i)
    module = eval(expression).eval()
    weights = torch.load(os.path.join(folder, f"weights{i}.pth"), weights_only=True)
    weights = {key.split(".", 1)[1]: value for key, value in weights.items()}
    if list(weights) != list(module.state_dict()):
        sys.exit(f"{expression} has {list(module.state_dict())}, but the emitted one has {list(weights)}")
    for key, value in module.state_dict().items():
        torch.testing.assert_close(weights[key], value, rtol=1e-6, atol=1e-6)
    module.load_state_dict(weights)
    x = torch.load(os.path.join(folder, f"input{i}.pth"), weights_only=True)["x"]
    with torch.no_grad():
        outputs[str(i)] = (module.call(module, x) if hasattr(module, "call") else module(x)).contiguous()
torch.save(outputs, os.path.join(folder, "outputs.pth"))

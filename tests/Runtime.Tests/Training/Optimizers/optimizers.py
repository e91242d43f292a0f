"""Trains a linear layer with PyTorch, for PyTorchOptimizerTests.

    /usr/bin/python3 optimizers.py make             the golden files of this folder: the checkpoint after 3 steps, and the weights after 3 more
    optimizers.py go-on WEIGHTS OPTIMIZER NAME      3 steps from what ModelGen wrote; prints the weights

The golden files were made with PyTorch 1.13.
"""
import os
import sys

import torch

X = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5], [-1.0, 1.0, 1.0], [2.0, 0.5, -1.5]])
Y = torch.tensor([[1.0, -1.0], [0.5, 2.0], [-1.5, 0.0], [0.25, 1.0]])

OPTIMIZERS = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01),
    "Adam": lambda p: torch.optim.Adam(p, lr=0.05, betas=(0.8, 0.95)),
    "AdamW": lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1),
    "RMSprop": lambda p: torch.optim.RMSprop(p, lr=0.05, alpha=0.9, momentum=0.5, centered=True),
    "Adagrad": lambda p: torch.optim.Adagrad(p, lr=0.05, lr_decay=0.1, initial_accumulator_value=0.1),
    # Two groups: what decays, and what does not.
    "AdamW-weights": lambda p: torch.optim.AdamW(
        [{"params": [q for q in p if q.dim() > 1], "weight_decay": 0.1}, {"params": [q for q in p if q.dim() < 2], "weight_decay": 0.0}], lr=0.05),
}


class Net(torch.nn.Module):
    """The bias comes first, so that two groups change the order."""

    def __init__(self):
        super().__init__()
        self.shift = torch.nn.Module()
        self.shift.bias = torch.nn.Parameter(torch.tensor([0.5, -0.5]))
        self.fc = torch.nn.Module()
        self.fc.weight = torch.nn.Parameter(torch.tensor([[0.1, -0.2, 0.3], [-0.4, 0.5, -0.6]]))

    def forward(self, x):
        return x @ self.fc.weight.t() + self.shift.bias


def train(net, optimizer, steps=3):
    for _ in range(steps):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(net(X), Y).backward()
        optimizer.step()


def make():
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    for name, create in OPTIMIZERS.items():
        net = Net()
        optimizer = create(list(net.parameters()))
        train(net, optimizer)
        torch.save({"epoch": 3, "model_state_dict": net.state_dict(), "optimizer_state_dict": optimizer.state_dict()}, f"{name}.pth")
        train(net, optimizer)
        torch.save(net.state_dict(), f"{name}.after.pth")


def go_on(weights, state, name):
    net = Net()
    net.load_state_dict(torch.load(weights))
    optimizer = OPTIMIZERS[name](list(net.parameters()))
    own = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict(torch.load(state))
    for before, after in zip(own, optimizer.state_dict()["param_groups"]):
        for key in before:
            assert before[key] == after[key], f"{key}: {before[key]} here, {after[key]} in the file"
    train(net, optimizer)
    for tensor in net.state_dict().values():
        print(*[repr(value) for value in tensor.flatten().tolist()])


if sys.argv[1] == "make":
    make()
else:
    go_on(*sys.argv[2:])

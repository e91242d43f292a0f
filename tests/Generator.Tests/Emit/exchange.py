"""The seed's network as people write it in PyTorch, exchanging weights with the emitted one.

usage: exchange.py OUR_WEIGHTS INPUT THEIR_WEIGHTS OUTPUTS

Loads OUR_WEIGHTS, strictly, and trains a network of its own for a step; writes that one's weights, and what both give for INPUT.
"""
import sys

import torch
from torch import nn
import torch.nn.functional as F


class ConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 16, 5, padding=2), nn.BatchNorm2d(16)
        self.conv2, self.bn2 = nn.Conv2d(16, 32, 5, padding=2), nn.BatchNorm2d(32)
        self.fc1 = nn.Linear(7 * 7 * 32, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return F.log_softmax(self.fc1(x.flatten(1)), dim=1)


our_weights, image, their_weights, outputs = sys.argv[1:]
x = torch.load(image, weights_only=True)["x"]

ours = ConvNet()
ours.load_state_dict(torch.load(our_weights, weights_only=True), strict=True)

torch.manual_seed(3)
theirs = ConvNet()
optimizer = torch.optim.SGD(theirs.parameters(), lr=0.1)
F.nll_loss(theirs(x), torch.arange(len(x))).backward()
optimizer.step()
torch.save(theirs.state_dict(), their_weights)

with torch.no_grad():
    torch.save({"ours": ours.eval()(x), "theirs": theirs.eval()(x)}, outputs)

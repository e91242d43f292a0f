"""The seed's network in PyTorch, trained on given batches from given weights; prints the loss of each step.

Usage: seed_reference.py FOLDER PRECISION, where the precision is float32 or float64, and the folder holds
  model.pth   the initial weights: a state_dict
  images.bin  uint8 [count, 3, 28, 28]
  labels.bin  uint8 [count]
  order.txt   a line per batch: the indices of its images
"""

import os
import sys

import torch
from torch import nn
from torch.nn import functional as F


class SeedNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, kernel_size=5, padding=2)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=5, padding=2)
        self.bn2 = nn.BatchNorm2d(32)
        self.fc1 = nn.Linear(32 * 7 * 7, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return F.log_softmax(self.fc1(torch.flatten(x, 1)), dim=1)


def read_bytes(path):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)


def main(folder, precision):
    labels = read_bytes(os.path.join(folder, "labels.bin")).long()
    images = read_bytes(os.path.join(folder, "images.bin")).reshape(len(labels), 3, 28, 28)
    with open(os.path.join(folder, "order.txt")) as file:
        batches = [[int(index) for index in line.split()] for line in file]

    model = SeedNet()
    model.load_state_dict(torch.load(os.path.join(folder, "model.pth"), weights_only=True), strict=True)
    model.to(precision).train()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for batch in batches:
        optimizer.zero_grad()
        # As torchvision's ToTensor: 0 to 255 becomes 0 to 1.
        batch_images = images[batch].float().div(255).to(precision)
        loss = F.nll_loss(model(batch_images), labels[batch])
        loss.backward()
        optimizer.step()
        print(f"{loss.item():.17g}")


if __name__ == "__main__":
    main(sys.argv[1], getattr(torch, sys.argv[2]))

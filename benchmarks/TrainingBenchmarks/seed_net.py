"""The seed's network in PyTorch."""

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


def load(path):
    model = SeedNet()
    model.load_state_dict(torch.load(path, weights_only=True), strict=True)
    return model


def set_numerics(tf32):
    """As the generated program has them by itself, so that both choose among the same kernels."""
    torch.backends.cuda.matmul.allow_tf32 = tf32
    torch.backends.cudnn.allow_tf32 = tf32
    torch.backends.cudnn.benchmark = True


def synchronize(device):
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize()


def queue_step(model, optimizer, images, labels):
    """A step that waits for nothing; gives the loss and the number of right answers where they are computed."""
    optimizer.zero_grad()
    output = model(images)
    loss = F.nll_loss(output, labels)
    loss.backward()
    optimizer.step()
    return loss.detach(), (output.argmax(dim=1) == labels).sum()


def train_step(model, optimizer, images, labels):
    """A step as the seed takes it; gives the loss and the number of right answers, which its progress bar shows after each step."""
    loss, right = queue_step(model, optimizer, images, labels)
    return loss.item(), right.item()

"""agree.py NAME WEIGHTS OUTCOME: saves random weights of torchvision's network, and what it computes with them from a random image."""
import sys

import torch
import torchvision

import networks


def image():
    # Coarse squares: features that differ from place to place, as in pictures.
    return torch.randn(1, 3, 14, 14).repeat_interleave(16, 2).repeat_interleave(16, 3)


name, weights, outcome = sys.argv[1:]
torch.manual_seed(7)
model = networks.create(name)
with torch.no_grad():
    for key, value in model.named_parameters():
        # Initial values that are all equal would hide a mistake of order; these keep the activations' size.
        if value.dim() == 1 and key.endswith("weight"):
            value.uniform_(0.5, 1.5)
        elif value.dim() in (2, 4):
            value.normal_(std=(2 / value[0].numel()) ** 0.5)
        else:
            value.normal_(std=0.1)
    norms = [module for module in model.modules() if isinstance(module, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = 1
    for module in model.modules():
        if isinstance(module, torchvision.models.resnet.Bottleneck):
            # Through fifty random blocks that weigh as much as their shortcuts, an error of rounding would grow a hundredfold.
            module.bn3.weight.mul_(0.3)
    if norms:
        # The running statistics become those of another image.
        model.train()(image())
    torch.save(model.state_dict(), weights)
    shown = image()
    torch.save({"input": shown, "output": model.eval()(shown)}, outcome)

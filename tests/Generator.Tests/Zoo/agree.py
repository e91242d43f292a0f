"""agree.py NAME WEIGHTS OUTCOME: saves random weights of torchvision's network, and what it computes with them from a random image."""
import sys

import torch

import networks

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
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = 1
    # The running statistics become those of two images.
    model.train()(torch.rand(2, 3, 224, 224))
    torch.save(model.state_dict(), weights)
    image = torch.rand(1, 3, 224, 224)
    torch.save({"input": image, "output": model.eval()(image)}, outcome)

"""What PyTorch's schedulers make of a learning rate of 1 in 60 steps: writes golden.txt, one line per schedule with a factor for each step.

Run with PyTorch 1.13 or later: python3 make_golden.py > golden.txt.
"""
import warnings

import torch
from torch.optim.lr_scheduler import (
    CosineAnnealingLR, CosineAnnealingWarmRestarts, ExponentialLR, LinearLR, MultiStepLR, OneCycleLR, PolynomialLR, SequentialLR, StepLR)

warnings.simplefilter("ignore")


def after_warm_up(then):
    return lambda optimizer: SequentialLR(optimizer, [LinearLR(optimizer, 0.01, 1.0, 12), then(optimizer)], milestones=[12])


SCHEDULES = {
    "step": lambda optimizer: StepLR(optimizer, 20, 0.1),
    "multi_step": lambda optimizer: MultiStepLR(optimizer, [15, 40, 55], 0.5),
    "exponential": lambda optimizer: ExponentialLR(optimizer, 0.9 ** 0.1),
    "cosine": lambda optimizer: CosineAnnealingLR(optimizer, 60, 0.05),
    "restarts": lambda optimizer: CosineAnnealingWarmRestarts(optimizer, 7),
    "longer restarts": lambda optimizer: CosineAnnealingWarmRestarts(optimizer, 8, 2, 0.1),
    "one_cycle": lambda optimizer: OneCycleLR(optimizer, 1.0, 60, cycle_momentum=False),
    "one_cycle settings": lambda optimizer: OneCycleLR(optimizer, 1.0, 60, pct_start=0.23, div_factor=10, final_div_factor=100, cycle_momentum=False),
    "polynomial": lambda optimizer: PolynomialLR(optimizer, 60),
    "polynomial power": lambda optimizer: PolynomialLR(optimizer, 45, 2.0),
    "warm-up": after_warm_up(lambda optimizer: StepLR(optimizer, 1000)),
    "warm-up step": after_warm_up(lambda optimizer: StepLR(optimizer, 20, 0.1)),
    "warm-up cosine": after_warm_up(lambda optimizer: CosineAnnealingLR(optimizer, 48)),
}

for name, create in SCHEDULES.items():
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler = create(optimizer)
    factors = []
    for _ in range(60):
        factors.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    print(name + ": " + " ".join(repr(factor) for factor in factors))

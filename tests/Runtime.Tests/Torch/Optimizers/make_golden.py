"""What PyTorch's optimizers make of a small problem: writes golden.txt, one line per optimizer with its weights after step 1 and after step 10.

Run with PyTorch 1.13 or later: python3 make_golden.py > golden.txt. Lion, which PyTorch lacks, is program 1 of its paper (arXiv:2302.06675).
"""
import torch

INPUT = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75], [-2.0, 1.0, 0.125], [0.0, 3.0, -1.0]], dtype=torch.float64)
TARGET = torch.tensor([[1.0, -0.5], [0.25, 2.0], [-1.0, 0.0], [0.5, -1.5]], dtype=torch.float64)


class Lion(torch.optim.Optimizer):
    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                m = self.state[p].setdefault("exp_avg", torch.zeros_like(p))
                beta1, beta2 = group["betas"]
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.sub_(group["lr"] * (beta1 * m + (1 - beta1) * p.grad).sign())
                m.copy_(beta2 * m + (1 - beta2) * p.grad)


def train(create):
    weight = torch.tensor([[0.1, -0.2, 0.3], [-0.4, 0.5, 0.6]], dtype=torch.float64, requires_grad=True)
    bias = torch.tensor([0.05, -0.15], dtype=torch.float64, requires_grad=True)
    optimizer = create(weight, bias)
    rows = []
    for step in range(1, 11):
        for group in optimizer.param_groups:
            group["lr"] = 0.05 * (1 - 0.03 * step)
        optimizer.zero_grad()
        ((INPUT @ weight.T + bias - TARGET) ** 2).mean().backward()
        optimizer.step()
        if step in (1, 10):
            rows += weight.detach().flatten().tolist() + bias.tolist()
    return rows


def all_of(kind, **settings):
    return lambda weight, bias: kind([weight, bias], lr=1.0, **settings)


def weights_only(kind, decay, **settings):
    return lambda weight, bias: kind([{"params": [weight], "weight_decay": decay}, {"params": [bias], "weight_decay": 0.0}], lr=1.0, **settings)


OPTIMIZERS = {
    "sgd": all_of(torch.optim.SGD),
    "sgd decay": all_of(torch.optim.SGD, weight_decay=0.1),
    "sgd momentum": all_of(torch.optim.SGD, momentum=0.9),
    "sgd nesterov": all_of(torch.optim.SGD, momentum=0.9, nesterov=True, weight_decay=0.1),
    "sgd weights": weights_only(torch.optim.SGD, 0.1, momentum=0.8),
    "adam": all_of(torch.optim.Adam),
    "adam settings": all_of(torch.optim.Adam, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1),
    "adamw": all_of(torch.optim.AdamW),
    "adamw weights": weights_only(torch.optim.AdamW, 0.3, betas=(0.8, 0.95), eps=1e-4),
    "rmsprop": all_of(torch.optim.RMSprop),
    "rmsprop momentum": all_of(torch.optim.RMSprop, alpha=0.9, eps=1e-3, momentum=0.5, weight_decay=0.1),
    "rmsprop centered": all_of(torch.optim.RMSprop, centered=True),
    "rmsprop all": all_of(torch.optim.RMSprop, alpha=0.9, momentum=0.5, centered=True),
    "adagrad": all_of(torch.optim.Adagrad),
    "adagrad settings": all_of(torch.optim.Adagrad, lr_decay=0.1, eps=1e-3, initial_accumulator_value=0.2, weight_decay=0.1),
    "lion": all_of(Lion),
    "lion settings": all_of(Lion, betas=(0.7, 0.8), weight_decay=0.2),
}

for name, create in OPTIMIZERS.items():
    print(name + ": " + " ".join(repr(value) for value in train(create)))

"""Writes golden.txt: what PyTorch gives for each loss and its settings, the value and the gradient. Made with torch 1.13."""
import torch
import torch.nn.functional as F

torch.set_printoptions(precision=10)
raw = torch.tensor([[0.5, -1.25, 2.0], [0.0, 3.0, -0.75]])
target = torch.tensor([[0.25, -3.0, 1.0], [1.5, 0.5, -0.5]])
hold = torch.tensor([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
shares = torch.tensor([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]])
labels = torch.tensor([2, 0])

cases = [
    ("cross_entropy", "", raw, lambda o: F.cross_entropy(o, labels)),
    ("cross_entropy", "label_smoothing 0.1", raw, lambda o: F.cross_entropy(o, labels, label_smoothing=0.1)),
    ("nll", "", raw.log_softmax(1), lambda o: F.nll_loss(o, labels)),
    ("mse", "", raw, lambda o: F.mse_loss(o, target)),
    ("l1", "", raw, lambda o: F.l1_loss(o, target)),
    ("smooth_l1", "", raw, lambda o: F.smooth_l1_loss(o, target)),
    ("smooth_l1", "beta 0.5", raw, lambda o: F.smooth_l1_loss(o, target, beta=0.5)),
    ("huber", "", raw, lambda o: F.huber_loss(o, target)),
    ("huber", "delta 2", raw, lambda o: F.huber_loss(o, target, delta=2.0)),
    ("bce", "", raw.sigmoid(), lambda o: F.binary_cross_entropy(o, hold)),
    ("bce_with_logits", "", raw, lambda o: F.binary_cross_entropy_with_logits(o, hold)),
    ("kl_div", "", raw.log_softmax(1), lambda o: F.kl_div(o, shares, reduction="batchmean")),
]
with open("golden.txt", "w", newline="\n") as file:
    for name, settings, output, loss in cases:
        output = output.clone().requires_grad_()
        value = loss(output)
        value.backward()
        numbers = [value.item(), *output.detach().flatten().tolist(), *output.grad.flatten().tolist()]
        file.write(f"{name}|{settings}|{' '.join(repr(number) for number in numbers)}\n")

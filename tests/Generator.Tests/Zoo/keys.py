"""Writes Keys/<name>.txt for each of torchvision's networks in the zoo: its state_dict's keys and shapes in order, and its parameters.

Run once, with torchvision 0.14: python3 keys.py
"""
import pathlib

import networks

for name in networks.MODELS:
    model = networks.create(name)
    lines = [f"{key} {list(value.shape)}" for key, value in model.state_dict().items()]
    lines.append(f"parameters {sum(parameter.numel() for parameter in model.parameters()):,}")
    path = pathlib.Path(__file__).parent / "Keys" / f"{name}.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

"""Says what PyTorch finds in a .pth file: one line for each tensor, then one for each module's version.

    python3 referee.py FILE
"""
import sys
import zipfile

import torch

path = sys.argv[1]
assert zipfile.ZipFile(path).testzip() is None
state = torch.load(path, weights_only=True)
for name, tensor in state.items():
    assert tensor.is_contiguous() and not tensor.requires_grad
    values = " ".join(repr(value) for value in tensor.double().flatten().tolist())
    print(f"{name}|{tensor.dtype}|{list(tensor.shape)}|{values}")
for module, facts in getattr(state, "_metadata", {}).items():
    print(f"{module}|{facts['version']}")

# What people do with it.
if "fc.weight" in state:
    module = torch.nn.Module()
    module.fc = torch.nn.Linear(3, 2)
    module.register_buffer("steps", torch.tensor(0))
    print(module.load_state_dict(state))
    assert torch.equal(module.fc.weight, state["fc.weight"])

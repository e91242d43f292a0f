"""What PyTorch has of some names.

usage: pytorch_names.py NAME[:PARAMETER,...]...

Prints each name that PyTorch or torchvision lacks, and each parameter that the class of that name does not take.
"""
import inspect
import operator
import sys

import torch
import torch.optim.lr_scheduler

try:
    import torchvision
    import torchvision.ops
    import torchvision.transforms
except ImportError:
    torchvision = None

# In PyTorch from 2.4 and 2.1 on.
NEWER = {"torch.nn.RMSNorm", "torch.nn.LayerNorm takes no bias"}


def complain(what):
    if what not in NEWER:
        print(what)


for claim in sys.argv[1:]:
    name, _, parameters = claim.partition(":")
    module, _, path = name.partition(".")
    if module == "torchvision" and torchvision is None:
        continue
    try:
        found = operator.attrgetter(path)(torch if module == "torch" else torchvision)
    except AttributeError:
        complain(name)
        continue
    if not parameters:
        continue
    # A recurrent layer passes its parameters on to the class behind it.
    taken = {name for kind in inspect.getmro(found) for name in inspect.signature(kind.__init__).parameters}
    for parameter in parameters.split(","):
        if parameter not in taken and not (issubclass(found, torch.nn.RNNBase) and hasattr(found(1, 1), parameter)):
            complain(f"{name} takes no {parameter}")

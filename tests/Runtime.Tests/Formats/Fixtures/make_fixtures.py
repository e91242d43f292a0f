"""Makes the files in this folder with PyTorch; the tests know their exact values.

    /usr/bin/python3 make_fixtures.py

Made with PyTorch 1.13. Any version since 1.6 should do, and should then pass the same tests; big_endian.pth and
renamed_folder.pth are the only ones that Python's zipfile writes. Values are simple counts, so that a test can state them.
"""
import collections
import io
import os
import zipfile

import torch

os.chdir(os.path.dirname(os.path.abspath(__file__)))


def count(*shape, dtype=torch.float32):
    n = 1
    for size in shape:
        n *= size
    return torch.arange(n).to(dtype).reshape(shape)


def fill(module):
    """Sets each parameter and buffer to 0, 1, 2, ..."""
    for tensor in module.state_dict().values():
        tensor.copy_(count(*tensor.shape, dtype=tensor.dtype))
    return module


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(1, 2, 3)
        self.bn1 = torch.nn.BatchNorm2d(2)
        self.fc = torch.nn.Linear(4, 3)


torch.manual_seed(0)
net = fill(Net())

# What everybody saves.
torch.save(net.state_dict(), "network.pth")
torch.save(dict(net.state_dict()), "plain_dict.pth")
torch.save(collections.OrderedDict(net.named_parameters()), "parameters.pth")
torch.save(fill(torch.nn.Linear(2, 2)).state_dict(), "linear.pth")

# Every element type, and values at its edges. bfloat16 and float16 hold these values exactly.
torch.save({
    "float32": torch.tensor([1.5, -2.0, float("inf")]),
    "float64": torch.tensor([1.5, -2.0, 1e300], dtype=torch.float64),
    "float16": torch.tensor([1.5, -2.0, 65504.0], dtype=torch.float16),
    "bfloat16": torch.tensor([1.5, -2.0, 256.0], dtype=torch.bfloat16),
    "int64": torch.tensor([1, -2, 2**62]),
    "int32": torch.tensor([1, -2, 2**31 - 1], dtype=torch.int32),
    "int16": torch.tensor([1, -2, 2**15 - 1], dtype=torch.int16),
    "int8": torch.tensor([1, -2, 127], dtype=torch.int8),
    "uint8": torch.tensor([1, 2, 255], dtype=torch.uint8),
    "bool": torch.tensor([True, False, True]),
    "scalar": torch.tensor(7),
    "empty": torch.zeros(2, 0, 3),
}, "types.pth")

# Views of one storage of 24 elements.
base = count(4, 6)
torch.save({
    "whole": base,
    "transposed": base.t(),
    "rows": base[1:3],
    "columns": base[:, 1:6:2],
    "element": base[2, 3],
    "tied": base,
    "expanded": base[0, :3].expand(2, 3),
    "channels_last": count(1, 2, 2, 2).contiguous(memory_format=torch.channels_last),
}, "views.pth")

# Saved to a stream, so the archive's folder has another name; then with names of today's optional entries.
buffer = io.BytesIO()
torch.save(net.state_dict(), buffer)
with open("from_stream.pth", "wb") as f:
    f.write(buffer.getvalue())


def repack(target, extra, folder):
    with zipfile.ZipFile("linear.pth") as source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as result:
        for entry in source.infolist():
            result.writestr(zipfile.ZipInfo(folder + entry.filename[entry.filename.index("/"):]), source.read(entry))
        for name, content in extra.items():
            result.writestr(zipfile.ZipInfo(folder + "/" + name), content)


# The entries that PyTorch 2.x adds, and a folder whose name isn't ASCII.
repack("renamed_folder.pth", {".format_version": "1", ".storage_alignment": "64", "byteorder": "little",
                              ".data/serialization_id": "0" * 40}, "modèle")
repack("big_endian.pth", {"byteorder": "big"}, "linear")

# Checkpoints: a state_dict beside other things. The optimizer's state has tensors too, further down.
torch.save({"epoch": 3, "model_state_dict": net.state_dict(), "loss": 0.25}, "checkpoint.pth")
optimizer = torch.optim.Adam(net.parameters())
net.fc(count(1, 4)).sum().backward()
optimizer.step()
torch.save({"optimizer": optimizer.state_dict(), "state_dict": fill(net).state_dict(), "loss": torch.tensor(0.25)}, "with_optimizer.pth")
torch.save({"model": net.state_dict(), "ema": net.state_dict()}, "two_state_dicts.pth")

# What isn't a state_dict of tensors.
torch.save(torch.nn.Linear(2, 2), "whole_module.pth")
torch.save({"weight": count(2), "note": "text"}, "not_only_tensors.pth")
torch.save({0: count(2)}, "number_as_name.pth")
torch.save(count(2), "tensor.pth")
torch.save({"z": torch.zeros(2, dtype=torch.complex64)}, "complex.pth")
torch.save({"s": torch.eye(2).to_sparse()}, "sparse.pth")
torch.save({"w": count(2)}, "protocol4.pth", pickle_protocol=4)
torch.save(net.state_dict(), "legacy.pth", _use_new_zipfile_serialization=False)
torch.jit.script(torch.nn.Linear(2, 2)).save("torchscript.pth")

"""The seed's program: trains its network on a folder of JPEG files, a folder per class, an epoch whenever it is asked to.

Usage: seed_folder.py FOLDER WEIGHTS BATCH THREADS DEVICE TF32, where WEIGHTS is the state_dict to start from, 0 threads leave the choice to PyTorch, and TF32
is on or off.

The first line printed is {"threads": N}. Then each line of the input is an epoch, and the answer to it is {"seconds": S, "loss": L, "count": N}:
the time it took, the mean loss, each image judged before its own step, and the number of images. The first epoch's time includes listing
the files.
"""

import json
import sys
import time

import torch
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

import seed_net


def epochs(folder, weights, batch, device):
    model = seed_net.load(weights).to(device).train()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    loader = None
    for _ in sys.stdin:
        start = time.perf_counter()
        if loader is None:
            loader = DataLoader(datasets.ImageFolder(folder, transforms.ToTensor()), batch_size=batch, shuffle=True, num_workers=4)
        total = 0.0
        for images, labels in loader:
            loss, _ = seed_net.train_step(model, optimizer, images.to(device), labels.to(device))
            total += loss * len(labels)
        count = len(loader.dataset)
        print(json.dumps({"seconds": time.perf_counter() - start, "loss": total / count, "count": count}), flush=True)


if __name__ == "__main__":
    folder, weights, batch, threads, device, tf32 = sys.argv[1:]
    if int(threads) > 0:
        torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    seed_net.set_numerics(tf32 == "on")
    print(json.dumps({"threads": torch.get_num_threads()}), flush=True)
    epochs(folder, weights, int(batch), device)

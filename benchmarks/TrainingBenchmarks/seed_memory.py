"""Trains the seed's network on images in memory, on the batches that another program names.

Usage: seed_memory.py FOLDER PRECISION THREADS, where the precision is float32 or float64, 0 threads leave the choice to PyTorch, and the
folder holds
  model.pth   the initial weights: a state_dict
  images.bin  uint8 [count, 3, 28, 28]
  labels.bin  uint8 [count]

The first line printed is {"threads": N}. Then each line of the input is a JSON list of batches, each a list of indices of images, and the
answer to it is {"seconds": S, "losses": [...]}: the time all its steps took, and the mean loss of each batch before its step.
"""

import json
import os
import sys
import time

import torch

import seed_net


def read_bytes(path):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)


def read_images(folder):
    labels = read_bytes(os.path.join(folder, "labels.bin")).long()
    # As torchvision's ToTensor: 0 to 255 becomes 0 to 1.
    return read_bytes(os.path.join(folder, "images.bin")).reshape(len(labels), 3, 28, 28).float().div_(255), labels


def main(folder, precision, threads):
    if threads > 0:
        torch.set_num_threads(threads)
    images, labels = read_images(folder)
    images = images.to(precision)
    model = seed_net.load(os.path.join(folder, "model.pth")).to(precision).train()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

    print(json.dumps({"threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        batches = json.loads(line)
        losses = []
        start = time.perf_counter()
        for batch in batches:
            index = torch.tensor(batch)
            loss, _ = seed_net.train_step(model, optimizer, images[index], labels[index])
            losses.append(loss)
        print(json.dumps({"seconds": time.perf_counter() - start, "losses": losses}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], getattr(torch, sys.argv[2]), int(sys.argv[3]))

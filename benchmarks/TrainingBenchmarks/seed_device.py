"""Trains the seed's network on images that live on a device, on the batches that another program names.

Usage: seed_device.py FOLDER DEVICE FORM TF32, where the folder is as for seed_memory.py, TF32 is on or off, and the form is
  seed      the seed's step, which reads loss and accuracy after each one
  queued    the same without reading them before the end
  compiled  queued, the network through torch.compile

The first line printed is {"threads": N}. Then each line of the input is {"batches": [...], "block": N}, where the batches are lists of indices of images,
and the answer is {"seconds": S, "losses": [...]}: the time that all its steps took, to the end of the last one, and the mean loss of each batch before its
step. With a block above 0 the device first multiplies two matrices of that size, whose time is subtracted, and no form reads anything before the end: if the
product takes longer than the steps take to be queued, the seconds are those that the device computes.
"""

import json
import sys
import time

import torch

import seed_net
from seed_memory import read_images


def main(folder, device, form, tf32):
    seed_net.set_numerics(tf32 == "on")
    images, labels = read_images(folder)
    images, labels = images.to(device), labels.to(device)
    model = seed_net.load(folder + "/model.pth").to(device).train()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    network = torch.compile(model) if form == "compiled" else model

    def run(batches, step):
        losses, start = [], 0
        order = torch.tensor([image for batch in batches for image in batch]).to(device)
        for batch in batches:
            index = order[start:start + len(batch)]
            loss, _ = step(network, optimizer, images[index], labels[index])
            losses.append(loss)
            start += len(batch)
        return losses

    def timed(work):
        seed_net.synchronize(device)
        start = time.perf_counter()
        result = work()
        seed_net.synchronize(device)
        return time.perf_counter() - start, result

    print(json.dumps({"threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        batches, block = question["batches"], question["block"]
        step = seed_net.train_step if form == "seed" and block == 0 else seed_net.queue_step
        waited, matrix = 0.0, torch.ones(block, block, device=device)
        if block > 0:
            timed(lambda: matrix @ matrix)
            waited, _ = timed(lambda: matrix @ matrix)
        seconds, losses = timed(lambda: (matrix @ matrix if block > 0 else None, run(batches, step))[1])
        print(json.dumps({"seconds": seconds - waited, "losses": [float(loss) for loss in losses]}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The seed's program to a given test accuracy: trains on a folder of JPEG files, a folder per class, and tests after each epoch.

Usage: seed_accuracy.py TRAIN TEST WEIGHTS RECIPE DEVICE TARGET EPOCHS TF32, where WEIGHTS is the state_dict to start from, the recipe is seed or fast
(samples/Mnist/ConvNet.cs and ConvNetFast.cs), TARGET is the share of right answers at which it stops, EPOCHS the most it trains, and TF32 is on or off.

Prints {"threads": N} and, at the end, {"seconds": S, "epochs": N, "accuracy": A}: the time from listing the files to the end of the last test.
"""

import json
import sys
import time

import torch
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

import seed_net


def loader(folder, batch, shuffle, *augmentation):
    transform = transforms.Compose([*augmentation, transforms.ToTensor()])
    return DataLoader(datasets.ImageFolder(folder, transform), batch_size=batch, shuffle=shuffle, num_workers=4, persistent_workers=True)


def main(train, test, weights, recipe, device, target, epochs, tf32):
    seed_net.set_numerics(tf32 == "on")
    torch.manual_seed(1)
    model = seed_net.load(weights).to(device)
    print(json.dumps({"threads": torch.get_num_threads()}), flush=True)
    start = time.perf_counter()
    if recipe == "seed":
        data, schedule = loader(train, 32, True), None
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    else:
        data = loader(train, 128, True, transforms.RandomAffine(10, (0.07, 0.07), (0.9, 1.1)))
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.0005)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps=int(epochs) * len(data), cycle_momentum=False)
    held = loader(test, 512, False)
    accuracy, epoch = 0.0, 0
    while epoch < int(epochs) and accuracy < float(target):
        epoch += 1
        model.train()
        for images, labels in data:
            seed_net.train_step(model, optimizer, images.to(device), labels.to(device))
            if schedule is not None:
                schedule.step()
        model.eval()
        with torch.no_grad():
            right = sum((model(images.to(device)).argmax(dim=1) == labels.to(device)).sum().item() for images, labels in held)
        accuracy = right / len(held.dataset)
    print(json.dumps({"seconds": time.perf_counter() - start, "epochs": epoch, "accuracy": accuracy}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

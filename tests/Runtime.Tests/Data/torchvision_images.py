"""What Pillow and torchvision make of images: reads cases (JSON) and writes one file of raw values for each."""

import json
import sys

import numpy
import torch
from PIL import Image, ImageOps
from torchvision.transforms import CenterCrop, InterpolationMode, Resize
from torchvision.transforms import functional


def run(case):
    image = Image.open(case["image"]).convert(case["mode"])
    size = (case.get("height"), case.get("width"))
    if case["step"] == "stretch":
        return Resize(size, InterpolationMode.BILINEAR)(image)
    if case["step"] == "fit":
        return ImageOps.pad(image, size[::-1], Image.Resampling.BILINEAR, color=0)
    if case["step"] == "crop":
        return CenterCrop(size)(Resize(size[0], InterpolationMode.BILINEAR)(image))
    if case["step"] == "brightness":
        return functional.adjust_brightness(image, case["factor"])
    if case["step"] == "contrast":
        return functional.adjust_contrast(image, case["factor"])
    if case["step"] == "affine":
        # In floating point, because torchvision rounds down the values of bytes. It shifts by whole pixels.
        values = torch.from_numpy(numpy.array(image)).float()
        planes = values[None] if values.ndim == 2 else values.permute(2, 0, 1)
        changed = functional.affine(
            planes, case["angle"], case["shift"], case["factor"], [case["lean"], 0.0], InterpolationMode.BILINEAR)
        changed = changed.round().byte().permute(1, 2, 0).numpy()
        return changed[:, :, 0] if values.ndim == 2 else changed
    raise ValueError(case["step"])


for case in json.load(open(sys.argv[1])):
    values = numpy.array(run(case))
    planes = values if values.ndim == 2 else values.transpose(2, 0, 1)
    open(case["output"], "wb").write(planes.tobytes())

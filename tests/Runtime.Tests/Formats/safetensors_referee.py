"""Reads a .safetensors file and writes what it found into another.

    python3 safetensors_referee.py FILE TARGET
"""
import sys

from safetensors import safe_open
from safetensors.torch import load_file, save_file

path, target = sys.argv[1:]
with safe_open(path, framework="pt") as opened:
    assert opened.metadata() == {"format": "pt"}, opened.metadata()
save_file(load_file(path), target, metadata={"format": "pt"})

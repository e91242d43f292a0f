"""Asks ONNX's own checker what it thinks of a file."""
import sys

import onnx

onnx.checker.check_model(sys.argv[1], full_check=True)

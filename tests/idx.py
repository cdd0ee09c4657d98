"""Synthetic digits in the IDX format, written by the tests themselves."""

import gzip
import struct
from pathlib import Path
from typing import Any

import numpy as np

from nets.arrays import HostArray

__all__ = ["IMAGES", "LABELS", "idx_bytes", "write_digits"]

IMAGES, LABELS = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"


def idx_bytes(array: Any) -> bytes:
    """An array of unsigned bytes as the content of an IDX file."""
    array = np.asarray(array, dtype=np.uint8)
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, 0x08, array.ndim, *array.shape)
    return header + bytes(array.tobytes())


def write_digits(
    folder: Path,
    *,
    images: HostArray | None = None,
    labels: HostArray | None = None,
    names: tuple[str, str] = (IMAGES, LABELS),
    compressed: bool = False,
) -> Path:
    """Write a pair of files; by default 20 random images of 4 x 4 pixels, labels 0 to 9."""
    generator = np.random.default_rng(0)
    if images is None:
        images = generator.integers(0, 256, (20, 4, 4))
    if labels is None:
        labels = np.arange(len(images)) % 10
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in zip(names, (images, labels), strict=True):
        content = idx_bytes(array)
        (folder / name).write_bytes(gzip.compress(content) if compressed else content)
    return folder

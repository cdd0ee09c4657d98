"""IDX files: the format of MNIST (Y. LeCun, C. Cortes, C. J. C. Burges).

Two zero bytes, a type code, the number of dimensions, the dimensions as 32-bit big-endian
integers, the bytes themselves.
"""

import contextlib
import math
import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np

from nets.arrays import HostArray
from nets.data.compressed import opened
from nets.errors import BadInput

__all__ = ["find_images", "read_idx", "read_pair"]

UNSIGNED_BYTE = 0x08
PIECE = 2**20  # bytes read at once
MOST_BYTES = 2**30  # the largest set in this format in common use, EMNIST's, has 547 MB
IMAGES, LABELS = "images-idx3-ubyte", "labels-idx1-ubyte"
# Both spellings are in use: as distributed, and with a full stop as some tools unpack them.
SPELLINGS = ((IMAGES, LABELS), (IMAGES.replace("-idx", ".idx"), LABELS.replace("-idx", ".idx")))


def find_images(path: Path) -> list[Path]:
    """The files of images that a path stands for: itself, or those in the folder, by name.

    Raises:
        BadInput: there are none, or the folder cannot be read.

    """
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}") from error
    found = [file for file in files if any(images in file.name for images, _ in SPELLINGS)]
    if found:
        return found
    if files == [path]:
        raise BadInput(
            f"{path} is not named like an images file; wanted is a name with {IMAGES} in it, and "
            f"the labels beside it under the same name with {LABELS}, or a .pkl or .pkl.gz file"
        )
    raise BadInput(f"{path} holds no images file; wanted is one with {IMAGES} in its name")


def read_pair(images_path: Path) -> tuple[HostArray, HostArray]:
    """Read a file of images and the file of labels beside it, gzip-compressed or not.

    Returns:
        Images as bytes, (n, rows, columns), and labels (n,).

    Raises:
        BadInput: a file is missing, cannot be read, or is not what it should be.

    """
    labels_path = _labels_beside(images_path)
    images, labels = read_idx(images_path), read_idx(labels_path)
    if images.ndim != 3:
        raise BadInput(f"{images_path} holds {images.ndim} dimensions; images have 3")
    if labels.ndim != 1:
        raise BadInput(f"{labels_path} holds {labels.ndim} dimensions; labels have 1")
    if len(images) != len(labels):
        raise BadInput(
            f"{len(images)} images in {images_path}, but {len(labels)} labels in {labels_path}"
        )
    return images, labels


def _labels_beside(path: Path) -> Path:
    """The labels file next to an images file; either of the two may be compressed."""
    name = path.name
    for images, labels in SPELLINGS:
        name = name.replace(images, labels)
    bare = name.removesuffix(".gz")
    with contextlib.suppress(OSError):
        for candidate in (path.with_name(spelling) for spelling in (name, bare, f"{bare}.gz")):
            if candidate.exists():
                return candidate
    raise BadInput(f"no labels for {path}; wanted is {name} beside it")


def read_idx(path: Path) -> HostArray:
    """Read one IDX file of unsigned bytes, gzip-compressed or not.

    Raises:
        BadInput: it cannot be read, is not IDX, or is shorter or longer than its header says.

    """
    with opened(path, "an IDX file") as stream:
        return _parse_idx(path, stream)


def _parse_idx(path: Path, stream: BinaryIO) -> HostArray:
    """Read header and numbers, and never more than the header promises."""
    head = stream.read(4)
    if not head:
        raise BadInput(f"{path} is empty; wanted is an IDX file")
    if len(head) < 4 or head[:2] != b"\0\0" or head[2] != UNSIGNED_BYTE:
        raise BadInput(
            f"{path} begins with {head.hex(' ')}; an IDX file of bytes begins with 00 00 08"
        )
    dimensions = head[3]
    if dimensions not in (1, 3):
        raise BadInput(f"{path} holds {dimensions} dimensions; images have 3, labels have 1")
    lengths = stream.read(4 * dimensions)
    if len(lengths) < 4 * dimensions:
        raise BadInput(f"{path} is cut off within its header of {4 + 4 * dimensions} bytes")
    shape = struct.unpack(f">{dimensions}I", lengths)
    wanted, size = math.prod(shape), " x ".join(map(str, shape))
    if 0 in shape:
        raise BadInput(f"{path} holds no numbers ({size})")
    content = bytearray()
    while len(content) <= wanted and (piece := stream.read(min(PIECE, wanted + 1 - len(content)))):
        content += piece
        if len(content) > MOST_BYTES:  # a few bytes of gzip can stand for any number
            raise BadInput(f"{path} holds more than {MOST_BYTES:,} bytes ({size} promised)")
    if len(content) != wanted:
        found = f"{len(content):,} bytes of numbers" if len(content) < wanted else "more than that"
        raise BadInput(f"{path} holds {found}, its header promises {wanted:,} ({size})")
    return np.frombuffer(content, dtype=np.uint8).reshape(shape)

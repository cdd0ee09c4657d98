"""IDX files: the format of MNIST (Y. LeCun, C. Cortes, C. J. C. Burges).

Such a file has two zero bytes, a type code, the number of dimensions, the lengths of the
dimensions as 32-bit big-endian integers, and then the bytes of the array.
"""

import contextlib
import math
import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np

from nets.arrays import HostArray
from nets.data.compressed import opened, read_up_to
from nets.errors import BadInput, unreadable

__all__ = ["find_images", "read_idx", "read_pair"]

UNSIGNED_BYTE = 0x08  # the type of the numbers, from the description of the format
MOST_BYTES = 2**30  # the largest common set in this format, EMNIST's, has 547 MB
IMAGES, LABELS = "images-idx3-ubyte", "labels-idx1-ubyte"
# Both spellings are in use: the distributed one, and one with a full stop that some tools write.
SPELLINGS = ((IMAGES, LABELS), (IMAGES.replace("-idx", ".idx"), LABELS.replace("-idx", ".idx")))


def find_images(path: Path) -> list[Path]:
    """The images files of a path: the file itself, or those in the folder, sorted by name.

    Raises:
        BadInput: there is none, or the folder cannot be read.

    """
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
    except OSError as error:
        raise unreadable(path, error) from error
    found = [file for file in files if any(images in file.name for images, _ in SPELLINGS)]
    if found:
        return found
    if files == [path]:
        raise BadInput(
            f"{path} is not named like an images file; give a file with {IMAGES} in its name, and "
            f"its labels beside it under the same name with {LABELS}, or a .pkl or .pkl.gz file"
        )
    raise BadInput(f"{path} holds no images file; its name should have {IMAGES} in it")


def read_pair(images_path: Path) -> tuple[HostArray, HostArray]:
    """Read a file of images and the file of labels beside it, gzip-compressed or not.

    Returns:
        Images as bytes, (n, rows, columns), and labels (n,).

    Raises:
        BadInput: a file is missing, cannot be read, or has other content.

    """
    labels_path = _labels_beside(images_path)
    images, labels = read_idx(images_path), read_idx(labels_path)
    if images.ndim != 3:
        raise BadInput(f"{images_path} holds {images.ndim} dimensions; images have 3")
    if labels.ndim != 1:
        raise BadInput(f"{labels_path} holds {labels.ndim} dimensions; labels have 1")
    if len(images) != len(labels):
        raise BadInput(
            f"there are {len(images)} images in {images_path}, but {len(labels)} labels in "
            f"{labels_path}"
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
    raise BadInput(f"there are no labels for {path}; put {name} beside it")


def read_idx(path: Path) -> HostArray:
    """Read one IDX file of unsigned bytes, gzip-compressed or not.

    Returns:
        Images (n, rows, columns) or labels (n,), as bytes.

    Raises:
        BadInput: it cannot be read, is not IDX, or is shorter or longer than its header says.

    """
    with opened(path, "an IDX file") as stream:
        return _parse_idx(path, stream)


def _parse_idx(path: Path, stream: BinaryIO) -> HostArray:
    """Read header and numbers; at most one byte more than the header promises is read."""
    head = stream.read(4)
    if not head:
        raise BadInput(f"{path} is empty; give an IDX file")
    if len(head) < 4 or head[:2] != b"\0\0" or head[2] != UNSIGNED_BYTE:
        raise BadInput(
            f"{path} begins with {head.hex(' ')}; an IDX file of bytes begins with 00 00 08"
        )
    dimensions = head[3]
    if dimensions not in (1, 3):
        raise BadInput(f"{path} holds {dimensions} dimensions; images have 3, labels have 1")
    lengths = stream.read(4 * dimensions)
    if len(lengths) < 4 * dimensions:
        raise BadInput(f"{path} is cut off inside its header of {4 + 4 * dimensions} bytes")
    shape = struct.unpack(f">{dimensions}I", lengths)
    promised, size = math.prod(shape), " x ".join(map(str, shape))
    if 0 in shape:
        raise BadInput(f"{path} holds no numbers ({size})")
    content = read_up_to(stream, min(promised, MOST_BYTES) + 1)
    if len(content) > MOST_BYTES:
        raise BadInput(f"{path} holds more than {MOST_BYTES:,} bytes ({size} promised)")
    if len(content) != promised:
        found = f"{len(content):,}" if len(content) < promised else "more"
        raise BadInput(
            f"{path} holds {found} bytes of numbers; its header promises {promised:,} ({size})"
        )
    return np.frombuffer(content, dtype=np.uint8).reshape(shape)

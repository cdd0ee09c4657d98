"""``mnist.pkl.gz``: training, validation and test digits in one pickle, read without trusting it.

It holds three pairs of images (n, pixels) from 0 to 1 and labels (n,). Deep-learning courses have
used this file since Python 2.
"""

from pathlib import Path
from typing import Any

import numpy as np

from nets.arrays import HostArray
from nets.data.compressed import opened
from nets.data.unpickle import PickledArray, read_pickle
from nets.errors import BadInput

__all__ = ["is_pickle_name", "read_sets"]

SETS = ("training", "validation", "test")
Pair = tuple[HostArray, HostArray]


def is_pickle_name(path: Path) -> bool:
    """Whether a file is named like a pickle: ``.pkl`` or ``.pickle``, compressed or not.

    >>> is_pickle_name(Path("mnist.pkl.gz")), is_pickle_name(Path("train-images-idx3-ubyte.gz"))
    (True, False)

    """
    return Path(path.name.removesuffix(".gz")).suffix in (".pkl", ".pickle")


def read_sets(path: Path) -> tuple[Pair, Pair, Pair]:
    """Read the sets for training, validation and test: images (n, pixels) and labels (n,) of each.

    Images are floats from 0 to 1, or bytes from 0 to 255.

    Raises:
        BadInput: the file cannot be read, tries to call a function, or holds anything else.

    """
    with opened(path, "a pickle of digits") as stream:
        try:
            sets = _three_pairs(read_pickle(stream))
            if stream.read(1):  # reading on also checks that the gzip stream is complete
                raise BadInput("there are more bytes after its end")
            return sets
        except BadInput as error:
            raise BadInput(f"{path} is refused: {error}") from error


def _three_pairs(value: Any) -> tuple[Pair, Pair, Pair]:
    if not _is_sequence(value, 3) or not all(_is_sequence(pair, 2) for pair in value):
        raise BadInput(
            "it does not hold three pairs (training, validation, test) of images and labels"
        )
    training, validation, test = (
        (_images(images, name), _labels(labels, name))
        for name, (images, labels) in zip(SETS, value, strict=True)
    )
    pairs = training, validation, test
    for name, (images, labels) in zip(SETS, pairs, strict=True):
        if len(images) != len(labels):
            raise BadInput(f"it has {len(images)} images and {len(labels)} labels for {name}")
        if images.shape[1] != training[0].shape[1]:
            raise BadInput(
                f"its images for {name} have {images.shape[1]} pixels, and those for training have "
                f"{training[0].shape[1]}"
            )
    return pairs


def _is_sequence(value: Any, length: int) -> bool:
    return isinstance(value, tuple | list) and len(value) == length


def _images(value: Any, name: str) -> HostArray:
    """Images as floats from 0 to 1, or as bytes."""
    images = value.array if isinstance(value, PickledArray) else np.empty(0)
    if images.ndim != 2 or 0 in images.shape or images.dtype.kind == "b":
        raise BadInput(
            f"its images for {name} should be an array (n, pixels) of numbers; they are "
            f"{_described(value)}"
        )
    low, high = images.min(), images.max()
    most = 1 if images.dtype.kind == "f" else 255
    if not (low >= 0 and high <= most):  # written so that NaN fails, too
        raise BadInput(
            f"its images for {name} hold values from {low:g} to {high:g}; they should be floats "
            "from 0 to 1, or whole numbers from 0 to 255"
        )
    return images if most == 1 else images.astype(np.uint8)


def _labels(value: Any, name: str) -> HostArray:
    """Labels as whole numbers."""
    if isinstance(value, list) and value and all(type(label) is int for label in value):
        labels = np.array(value)
    else:
        labels = value.array if isinstance(value, PickledArray) else np.empty(0)
    if labels.ndim != 1 or labels.dtype.kind not in "iu" or not labels.size:
        raise BadInput(
            f"its labels for {name} should be an array (n,) of whole numbers; they are "
            f"{_described(value)}"
        )
    if labels.min() < 0 or labels.max() > 2**31:
        raise BadInput(
            f"its labels for {name} run from {labels.min()} to {labels.max()}; they should be "
            "small numbers from 0"
        )
    return labels.astype(np.int64)


def _described(value: Any) -> str:
    if isinstance(value, PickledArray):
        return f"an array of shape {value.array.shape} and dtype {value.array.dtype}"
    return f"a {type(value).__name__}"

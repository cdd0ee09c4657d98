"""The small numbers that a layer on trial is built with, and what suits which kind of layer."""

import re
from dataclasses import dataclass, replace

from gradcheck.homework.asked import Asked

__all__ = ["LEARNING_RATE", "LayerSizes", "features", "is_image", "is_pool", "sizes_of"]

LEARNING_RATE = 0.1  # any would do: an update is divided by it


@dataclass(frozen=True)
class LayerSizes:
    """The sizes of a layer on trial: all different, so that every shape has one meaning.

    Attributes:
        n_in: features of an example, before the layer.
        n_out: after it.
        channels_in: of an image, before the layer.
        channels_out: after it.
        height: of an image.
        width: of it.
        kernel: side of a convolution's kernel.
        pool: side of a pooling window.
        stride: of both.
        padding: of a convolution. The sides are such that every window fits.

    """

    n_in: int = 5
    n_out: int = 4
    channels_in: int = 2
    channels_out: int = 3
    height: int = 8
    width: int = 4
    kernel: int = 3
    pool: int = 2
    stride: int = 2
    padding: int = 1


def sizes_of(asked: Asked) -> LayerSizes:
    """The sizes of a layer, as they were asked for."""
    usual = LayerSizes()
    if asked.sizes is None or len(asked.sizes) < 2:
        return usual
    return replace(usual, n_in=asked.sizes[0], n_out=asked.sizes[-1])


def is_image(kind: str) -> bool:
    """Whether a layer of this name takes images.

    >>> is_image("Conv2D"), is_image("Dense")
    (True, False)
    """
    return bool(re.search(r"conv|pool|2d|flat|im2col|reshape", kind, re.IGNORECASE))


def is_pool(kind: str) -> bool:
    """Whether a layer of this name takes the largest or the mean of a window."""
    return "pool" in kind.lower()


def features(sizes: LayerSizes, kind: str) -> int:
    """The features of an example, before a layer of this name: the channels, for images."""
    return sizes.channels_in if is_image(kind) else sizes.n_in

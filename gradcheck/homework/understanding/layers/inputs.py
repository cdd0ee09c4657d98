"""The inputs that a layer is tried with: rows, columns, images, sequences, single examples."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.understanding.layers.sizes import LayerSizes
from nets.arrays import HostArray

__all__ = ["InputForm", "input_forms"]

IMAGES = 2  # in a mini-batch: an image has many pixels, each of which is checked
IDS = (9, 3)  # examples, steps: more than there are ids, so that some occur again
LENGTH = 3  # of a sequence
# Sides of images that are tried. Different sides show a transpose; some layers need odd or equal
# sides, or multiples of 4.
SIDES = ((8, 4), (7, 5), (8, 8), (7, 7), (5, 4), (28, 28))
SIDES_FOR_A_KERNEL = (7, 5)  # fits a kernel of side 3 with stride 2, padding 1
# Numbers of features of an example that are tried: small ones first, then 28 x 28 pixels.
USUAL_FEATURES = (2, 3, 4, 6, 10, 784)


@dataclass(frozen=True)
class InputForm:
    """A form of a layer's input.

    Attributes:
        name: in words.
        shape: of it.
        batch: examples in it.
        ids: how many whole numbers may be in it, for an embedding; 0 for real numbers.

    """

    name: str
    shape: tuple[int, ...]
    batch: int = 1
    ids: int = 0

    @property
    def in_columns(self) -> bool:
        """Whether each example is a column."""
        return len(self.shape) == 2 and self.shape[1] == self.batch

    def turned_if(self, output: tuple[int, ...]) -> "InputForm":
        """The same input with an example in each column, if the shape of the output says so.

        A layer that makes its weights in the first forward pass takes any matrix. It keeps the
        axis of the examples.
        """
        if len(self.shape) != 2 or len(output) != 2 or self.batch != self.shape[0]:
            return self
        keeps = [own == other for own, other in zip(self.shape, output, strict=True)]
        if keeps != [False, True] or self.shape[1] == 1:
            return self
        return InputForm("an example in each column", self.shape, self.shape[1])

    def drawn(self, seed: int) -> HostArray:
        """A random input of this shape; of whole numbers some occur several times."""
        if self.ids:
            return np.random.default_rng([seed, 6]).integers(0, self.ids, self.shape)
        return np.random.default_rng([seed, 6]).standard_normal(self.shape)


def input_forms(
    own: Any, sizes: LayerSizes, features: Sequence[int], batch: int
) -> Iterator[InputForm]:
    """The forms to try, the likeliest first.

    Args:
        own: the layer.
        sizes: that it was built from.
        features: numbers of features that its arrays suggest.
        batch: examples in a mini-batch.

    """
    held = attributes_of(own)
    words = f"{type(own).__name__} {' '.join(held)}".lower()
    if re.search(r"(conv|pool)\w*1d", words):
        yield from _signals(sizes, features)
    if "embed" in " ".join([words, *(type(each).__name__.lower() for each in held.values())]):
        ids = min(features, default=sizes.n_in)
        yield InputForm("ids, (examples, steps)", IDS, IDS[0], ids)
        yield InputForm("ids, (examples,)", IDS[:1], IDS[0], min(ids, IDS[0] - 1))
    if "reshape" in words:
        yield from _of_its_shape(own)
    is_image = any(each in words for each in ("conv", "pool", "2d", "flatten", "kernel_size"))
    images, flat = (
        _images(sizes, features, has_kernel="conv" in words),
        _flat(sizes, features, batch),
    )
    yield from (images if is_image else flat)
    yield from (flat if is_image else images)


def _of_its_shape(own: Any) -> Iterator[InputForm]:
    """Examples of the shape that a layer was told, where it was told one."""
    shape = getattr(own, "input_shape", None)
    if isinstance(shape, tuple) and shape and all(isinstance(n, int) and n > 0 for n in shape):
        yield InputForm("examples of its input_shape", (IMAGES, *shape), IMAGES)
        yield InputForm("one example of its input_shape", shape)


def _flat(sizes: LayerSizes, features: Sequence[int], batch: int) -> list[InputForm]:
    """Examples as rows, as columns, alone, and in sequences."""
    likely = list(dict.fromkeys(features)) or [sizes.n_in]
    others = [n for n in (sizes.n_in, *USUAL_FEATURES) if n not in likely]
    return [
        form
        for counts in (likely, others)
        for forms in (_batches, _examples)
        for n in counts
        for form in forms(n, batch if batch != n else batch + 1)
    ]


def _batches(n: int, m: int) -> list[InputForm]:
    return [
        InputForm("an example in each row", (m, n), m),
        InputForm("an example in each column", (n, m), m),
    ]


def _examples(n: int, _: int) -> list[InputForm]:
    return [
        InputForm("one example, as a column", (n, 1)),
        InputForm("one example, as a row", (1, n)),
        InputForm("one example, as a flat array", (n,)),
        InputForm("examples as stacked columns, (examples, features, 1)", (4, n, 1), 4),
        InputForm("sequences, (examples, steps, features)", (2, LENGTH, n), 2),
    ]


def _signals(sizes: LayerSizes, features: Sequence[int]) -> list[InputForm]:
    """What convolutions and pooling over one axis take, batches first."""
    channels, n = list(dict.fromkeys((sizes.channels_in, *features))), sizes.height
    return [
        *(InputForm("signals, (examples, channels, steps)", (3, c, n), 3) for c in channels),
        *(InputForm("signals, (examples, steps, channels)", (3, n, c), 3) for c in channels),
        *(InputForm("one signal, (channels, steps)", (c, n)) for c in channels),
        InputForm("one signal, (steps,)", (n,)),
    ]


def _images(sizes: LayerSizes, features: Sequence[int], *, has_kernel: bool) -> list[InputForm]:
    channels = list(dict.fromkeys((sizes.channels_in, *features, 1, 3)))
    first = [(sizes.height, sizes.width), *SIDES]
    if has_kernel:
        first.insert(0, SIDES_FOR_A_KERNEL)
    found: list[InputForm] = []
    for c in channels:
        for h, w in dict.fromkeys(first[:-1]):
            found += [
                InputForm("images, (examples, channels, height, width)", (IMAGES, c, h, w), IMAGES),
                InputForm("images, (examples, height, width, channels)", (IMAGES, h, w, c), IMAGES),
            ]
        if c == channels[0]:  # so that a layer of grey images does not wait for all channels
            found += [InputForm("one image, (height, width)", side) for side in first[:2]]
    for c in channels:
        for h, w in dict.fromkeys(first):
            found += [
                InputForm("one image, (channels, height, width)", (c, h, w)),
                InputForm("one image, (height, width, channels)", (h, w, c)),
            ]
    for h, w in dict.fromkeys(first):
        found += [
            InputForm("one image, (height, width)", (h, w)),
            InputForm("images, (examples, height, width)", (IMAGES, h, w), IMAGES),
        ]
    return found

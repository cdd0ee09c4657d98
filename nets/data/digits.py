"""Digit images with their labels, and the examples that they make."""

from dataclasses import dataclass

import numpy as np

from nets.arrays import Array, HostArray, Place
from nets.data.labels import one_hot
from nets.errors import BadInput

__all__ = ["DigitSets", "Digits", "digit_examples"]

BRIGHTEST = 255.0  # the value of a white pixel that is a byte


@dataclass(frozen=True)
class Digits:
    """Grey images with their labels.

    Attributes:
        images: (pixels, n), a column an image; bytes from 0 to 255 or floats from 0 to 1.
        labels: (n,) whole numbers from 0.
        source: in words, where they come from.
        image_shape: (rows, columns) of an image; None if images are squares.

    """

    images: HostArray
    labels: HostArray
    source: str
    image_shape: tuple[int, int] | None = None

    def __len__(self) -> int:
        return int(self.labels.shape[0])

    def examples(
        self, classes: int, chosen: HostArray | slice | None = None
    ) -> tuple[HostArray, HostArray]:
        """Inputs (pixels, n) from 0 to 1 and one-hot targets (classes, n), both in float64.

        Args:
            classes: of the targets.
            chosen: which images; all of them by default.

        Raises:
            BadInput: a label, chosen or not, is beyond the classes.

        """
        chosen = slice(None) if chosen is None else chosen
        targets = one_hot(self.labels, classes)
        return self.inputs(chosen), targets[:, chosen]

    def inputs(self, chosen: HostArray | slice) -> HostArray:
        """The chosen images with pixels from 0 to 1, (pixels, n), in float64."""
        images = self.images[:, chosen]
        return images / BRIGHTEST if images.dtype == np.uint8 else images.astype(np.float64)

    def mini_batch(
        self, batch_size: int, classes: int, generator: np.random.Generator
    ) -> tuple[HostArray, HostArray]:
        """Draw examples: inputs (pixels, batch) from 0 to 1, one-hot targets (classes, batch).

        Raises:
            BadInput: the batch is larger than the data, or a label is beyond the classes.

        """
        if not 1 <= batch_size <= len(self):
            raise BadInput(
                f"a batch of {batch_size} was asked for; {self.source} has {len(self)} images"
            )
        return self.examples(classes, generator.choice(len(self), batch_size, replace=False))

    def pictures(self, chosen: slice) -> HostArray:
        """The chosen images as pictures, (n, rows, columns), from 0 to 1.

        Raises:
            BadInput: it is not known how many rows they have.

        """
        pixels = self.images.shape[0]
        rows, columns = self.image_shape or (round(pixels**0.5),) * 2
        if rows * columns != pixels:
            raise BadInput(
                f"the images in {self.source} have {pixels} pixels, which makes no square"
            )
        return self.inputs(chosen).T.reshape(-1, rows, columns)

    def part(self, chosen: slice, source: str) -> "Digits":
        """The chosen images and labels, under another name."""
        return Digits(self.images[:, chosen], self.labels[chosen], source, self.image_shape)


@dataclass(frozen=True)
class DigitSets:
    """Digits to train on, other digits to test with, and in words where both come from."""

    training: Digits
    test: Digits
    source: str


def digit_examples(digits: Digits, classes: int, where: Place) -> tuple[Array, Array]:
    """All digits as inputs (pixels, n) from 0 to 1 and one-hot targets (classes, n).

    Args:
        digits: n of them.
        classes: of the targets.
        where: the array library, device and dtype. Bytes are moved as they are and scaled there.

    Raises:
        BadInput: a label is beyond the classes.

    """
    targets = where.put(one_hot(digits.labels, classes))
    inputs = where.put(digits.images)
    if digits.images.dtype == np.uint8:
        inputs /= BRIGHTEST
    return inputs, targets

"""Random values for the arguments of a student's function, of a given kind and shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import numpy as np

__all__ = [
    "Averages",
    "Kind",
    "Pack",
    "Values",
    "chances",
    "choices",
    "labels",
    "near_one",
    "one_hots",
    "real",
]


class Kind(Enum):
    """What sort of numbers an argument has."""

    REAL = auto()  # of both signs, the size of 1
    NEAR_ONE = auto()  # around 1, as the scales of a normalisation
    CHANCES = auto()  # between 0 and 1, each row a distribution
    LABELS = auto()  # whole numbers, such as class numbers
    CHOICES = auto()  # True or False
    ONE_HOTS = auto()  # rows with a single 1


@dataclass(frozen=True)
class Values:
    """What an argument is to be.

    Attributes:
        shape: of the array.
        kind: of its numbers.
        below: labels are below this.

    """

    shape: tuple[int, ...]
    kind: Kind = Kind.REAL
    below: int = 0

    def drawn(self, generator: np.random.Generator) -> Any:
        """An array of this shape and kind."""
        shape = self.shape
        if self.kind is Kind.LABELS:
            return generator.integers(0, self.below, shape)
        if self.kind is Kind.CHOICES:
            return generator.random(shape) < 0.7
        if self.kind is Kind.ONE_HOTS:
            return np.eye(shape[-1])[generator.integers(0, shape[-1], shape[:-1])]
        if self.kind is Kind.CHANCES:
            numbers = generator.uniform(0.2, 1.0, shape)
            last = numbers.ndim > 1 and shape[-1] > 1
            return numbers / numbers.sum(axis=-1, keepdims=True) if last else 0.9 * numbers
        numbers = generator.standard_normal(shape)
        return 1.0 + 0.3 * numbers if self.kind is Kind.NEAR_ONE else numbers


@dataclass(frozen=True)
class Pack:
    """What a dict of arrays is to be.

    Attributes:
        parts: what each array is to be, by its key.

    """

    parts: Mapping[str, Values]

    def drawn(self, generator: np.random.Generator) -> Any:
        """A dict of arrays."""
        return {key: part.drawn(generator) for key, part in self.parts.items()}


@dataclass(frozen=True)
class Averages:
    """What a running average is to be: positive, and without a gradient.

    Attributes:
        like: the array whose shape it has.

    """

    like: Values | Pack

    def drawn(self, generator: np.random.Generator) -> Any:
        """Numbers around 1."""
        shape = np.shape(self.like.drawn(generator))
        return 1.0 + generator.random(shape)


def real(*shape: int) -> Values:
    """Numbers of both signs.

    >>> real(4, 5).shape
    (4, 5)
    """
    return Values(shape)


def near_one(*shape: int) -> Values:
    """Numbers around 1, in this shape."""
    return Values(shape, Kind.NEAR_ONE)


def chances(*shape: int) -> Values:
    """Numbers between 0 and 1 in this shape; in each row they add up to 1."""
    return Values(shape, Kind.CHANCES)


def one_hots(*shape: int) -> Values:
    """Rows with a single 1, in this shape."""
    return Values(shape, Kind.ONE_HOTS)


def labels(below: int, *shape: int) -> Values:
    """Whole numbers from 0, below a number, in this shape."""
    return Values(shape, Kind.LABELS, below)


def choices(*shape: int) -> Values:
    """True or False, in this shape."""
    return Values(shape, Kind.CHOICES)

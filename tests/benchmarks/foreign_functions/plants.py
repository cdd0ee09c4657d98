"""Errors planted in right gradients, and which of them a checker has to find."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator

from tests.benchmarks.foreign_functions.problems import Array, Problem

SIZES = (1e-2, 1e-4, 1e-6, 1e-8)
BARS = 2.0

__all__ = ["Plant", "Reach", "plants", "reach"]


@dataclass(frozen=True)
class Plant:
    """A wrong gradient: what is wrong with it, and whether grossly so."""

    name: str
    gross: bool
    claims: list[Array]


def plants(right: Sequence[Array], draw: Generator) -> list[Plant]:
    """Every sort of error once, except for those that change nothing."""
    found = []
    largest = int(np.argmax([np.max(np.abs(array), initial=0.0) for array in right]))
    place = int(np.argmax(np.abs(right[largest])))
    for size in SIZES:
        one = [array.copy() for array in right]
        one[largest].flat[place] *= 1.0 + size
        found.append(Plant(f"{size:g} in the largest", False, one))
        everywhere = [array * (1.0 + size) for array in right]
        found.append(Plant(f"{size:g} in all", False, everywhere))
    found.extend(_gross(right, draw))
    return [plant for plant in found if _changed(plant.claims, right)]


def _changed(wrong: Sequence[Array], right: Sequence[Array]) -> bool:
    return any(bool(np.any(a != b)) for a, b in zip(wrong, right, strict=True))


def _gross(right: Sequence[Array], draw: Generator) -> list[Plant]:
    """A flipped sign, a zero, a factor of 2, and two entries swapped."""
    places = [
        (which, int(position))
        for which, array in enumerate(right)
        for position in np.flatnonzero(np.ravel(array))
    ]
    if not places:
        return []
    found = []
    for name, factor in (("sign flipped", -1.0), ("zeroed", 0.0), ("doubled", 2.0)):
        which, position = places[int(draw.integers(len(places)))]
        claims = [array.copy() for array in right]
        claims[which].flat[position] *= factor
        found.append(Plant(name, True, claims))
    which, position = places[int(draw.integers(len(places)))]
    claims = [array.copy() for array in right]
    flat = claims[which].reshape(-1)
    other = int(draw.integers(flat.size))
    flat[[position, other]] = flat[[other, position]]
    found.append(Plant("two swapped", True, claims))
    return found


@dataclass(frozen=True)
class Reach:
    """Whether the right gradient's report can see an error.

    Attributes:
        beyond: some entry is beyond its error bars, so a check of the wrong claims must find it.
        blind: some wrong entry has no finite error bar, so a check may not say that all is well.

    """

    beyond: bool
    blind: bool


def reach(report: Any, problem: Problem, right: Sequence[Array], wrong: Sequence[Array]) -> Reach:
    """What the report on the right gradient says about an error; entries on kinks do not count."""
    beyond = blind = False
    for which, array in enumerate(report.arrays):
        entries = np.asarray(array.entries)
        truth = np.ravel(right[which])[entries]
        claim = np.ravel(wrong[which])[entries]
        counted = claim != truth
        if problem.at_kink is not None:
            counted &= ~np.ravel(problem.at_kink[which])[entries]
        bar, measured = np.asarray(array.error_bar, float), np.asarray(array.numerical, float)
        known = np.isfinite(bar) & np.isfinite(measured)
        with np.errstate(all="ignore"):
            off, own = np.abs(claim - measured), np.abs(truth - measured)
            beyond |= bool(np.any(counted & known & (off > BARS * bar) & (off > own)))
        blind |= bool(np.any(counted & ~known))
    return Reach(beyond, blind)

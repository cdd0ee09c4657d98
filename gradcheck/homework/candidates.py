"""Shapes may allow several readings of the gradients: the one that fits the cost is taken."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from gradcheck.engines.engine import Engine
from gradcheck.homework.contract import NamedGradients
from gradcheck.homework.finding import Finding, guess, oddity
from gradcheck.homework.near import CENTRAL_STEP
from nets.arrays import HostArray

__all__ = ["Candidate", "best_candidate", "candidates_of", "fits"]

# Entries of each array whose slopes are measured to compare candidates, drawn at random; half as
# many more are the largest of each candidate. With more it takes longer; fewer may all be near 0.
PROBES = 8
# A candidate fits an array if they differ by less than this part of their sizes together. A right
# one is far closer, as central differences are; a wrong one differs by a factor, such as the number
# of examples, or in whole entries.
FITS = 1e-3
# Two candidates are equally near if the sums of the logarithms of their sizes differ by less than
# this. The mean and the sum are equally near if the gradients of the weights are a sum and those of
# the biases a mean. It is far more than the error of the measurement, and less than ln 2, the least
# factor that a number of examples makes.
AS_NEAR = 0.1
TINY = 1e-300  # in place of 0 in a logarithm
HUGE = 1e150  # in place of an infinite claim: its square is still a number


@dataclass(frozen=True, eq=False)
class Candidate:
    """Gradients of a mini-batch as they may be meant.

    Attributes:
        reading: which gradient belongs to which array, in words.
        transposed: whether the weight gradients were taken as transposes.
        summed: whether they are the sum over the mini-batch; None if they can be neither sum nor
            mean.
        gradients: of the mean over the mini-batch, one in the shape of each parameter array.
        divided_by: a factor of convention, by which they were divided.

    """

    reading: str
    transposed: bool
    summed: bool | None
    gradients: tuple[HostArray, ...] = field(repr=False)
    divided_by: float = 1.0


def candidates_of(
    readings: Sequence[NamedGradients], batch: int, sums: Sequence[bool]
) -> list[Candidate]:
    """Each reading. If the gradients may be a mean or a sum, each reading as both.

    Args:
        readings: the gradients that backprop returned, in each reading that fits.
        batch: examples in the mini-batch.
        sums: whether they may be the mean over it (False), the sum (True), or either.

    """
    found = []
    for summed in sums if sums and batch > 1 else (None,):
        divisor = batch if summed else 1
        for each in readings:
            gradients = tuple(array / divisor for array in each.arrays)
            found.append(Candidate(each.reading, each.transposed, summed, gradients))
    return found


def best_candidate(
    candidates: Sequence[Candidate], engine: Engine, values: Sequence[HostArray], seed: int
) -> tuple[Candidate, list[Finding]]:
    """The candidate closest to a few measured slopes of each array, and how it was found.

    Args:
        candidates: at least one; of several that fit equally well, the first is taken.
        engine: measures the slopes.
        values: the parameter arrays, of any shapes.
        seed: chooses some of the entries.

    """
    if len(candidates) == 1:
        return candidates[0], _findings(candidates[0], candidates, fits_all=True)
    probes = _probed_slopes(candidates, engine, values, seed)
    ranks = [_rank(candidate, probes) for candidate in candidates]
    most, nearest = max(ranks)
    best = next(
        candidate
        for candidate, (fitting, near) in zip(candidates, ranks, strict=True)
        if fitting == most and near >= nearest - AS_NEAR
    )
    fits_all = most == len(values)
    return best, _findings(best, candidates, fits_all=fits_all)


def fits(candidate: Candidate, engine: Engine, values: Sequence[HostArray], seed: int) -> bool:
    """Whether a candidate is the gradient of an engine's cost at a few entries of each array.

    Args:
        candidate: one gradient for each parameter array.
        engine: measures slopes of the cost.
        values: the parameter arrays, of any shapes.
        seed: chooses some of the entries.

    """
    probes = _probed_slopes([candidate], engine, values, seed)
    return _rank(candidate, probes)[0] == len(values)


# For each array, positions (k,) of some entries, and the slopes (k,) measured there.
Probes = list[tuple[HostArray, HostArray]]


def _probed_slopes(
    candidates: Sequence[Candidate], engine: Engine, values: Sequence[HostArray], seed: int
) -> Probes:
    """Slopes at some entries of each array, by central differences."""
    generator = np.random.default_rng(seed)
    probes = []
    for which, value in enumerate(values):
        flat = value.reshape(-1)
        # The largest entries of every candidate are among them, so no candidate is judged by zeros
        # alone.
        largest = [
            np.argsort(np.abs(each.gradients[which].reshape(-1)))[-PROBES // 2 :]
            for each in candidates
        ]
        drawn = generator.choice(flat.size, min(PROBES, flat.size), replace=False)
        some = np.unique(np.concatenate([drawn, *largest]))
        steps = CENTRAL_STEP * np.maximum(1.0, np.abs(flat[some]))
        changes = engine.cost_changes(which, some, steps, (-1.0, 1.0))
        probes.append((some, (changes[1] - changes[0]) / (2.0 * steps)))
    return probes


def _rank(candidate: Candidate, probes: Probes) -> tuple[int, float]:
    """How well a candidate fits; the greater the better.

    Returns:
        How many arrays fit; and minus the distance in size between claims and slopes, which
        decides between candidates that fit equally few.

    """
    fitting, apart = 0, 0.0
    for gradient, (some, slope) in zip(candidate.gradients, probes, strict=True):
        claimed = np.nan_to_num(gradient.reshape(-1)[some], posinf=HUGE, neginf=-HUGE)
        size = float(np.linalg.norm(claimed)), float(np.linalg.norm(slope))
        off = float(np.linalg.norm(claimed - slope))
        fitting += off <= FITS * sum(size)
        apart += abs(np.log((size[0] + TINY) / (size[1] + TINY)))
    return fitting, -apart


def _findings(best: Candidate, candidates: Sequence[Candidate], *, fits_all: bool) -> list[Finding]:
    why = "the cost confirms it" if fits_all else "the closest to the cost, but not right"
    found = []
    readings = {each.reading for each in candidates}
    if len(readings) > 1:
        found.append(
            guess(
                f"The shapes that backprop returns can be read in {len(readings)} ways. All were "
                f"tried, and the best is: {best.reading} ({why})."
            )
        )
    found += _on_transposes(best)
    if len({each.summed for each in candidates}) > 1:
        kind = "sum" if best.summed else "mean"
        found.append(guess(f"The gradients are the {kind} over the mini-batch ({why})."))
    elif best.summed:
        found.append(guess("The gradients are the sum over the mini-batch (as the cost is)."))
    return found


def _on_transposes(taken: Candidate) -> list[Finding]:
    if not taken.transposed:
        return []
    return [
        oddity(
            "Each weight gradient is the transpose of what belongs to its weights. Transpose them "
            "before the weights are updated."
        )
    ]

"""Where shapes leave open how gradients are meant: the reading that the cost bears out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.engines.engine import Engine
from gradcheck.homework.parameters import GUESS, ODDITY, Finding
from nets.arrays import HostArray

__all__ = ["Candidate", "best_candidate", "candidates_of", "fits"]

# Entries of each array that tell readings apart, how they are measured, and when one fits.
TELLING = 8
TELLING_STEP = 1e-5
FITS = 1e-3
TINY = 1e-300
# In the place of an infinite claim: its square is still a number.
HUGE = 1e150


@dataclass(frozen=True)
class Candidate:
    """Gradients of a mini-batch as they may be meant.

    Attributes:
        reading: which gradient is whose, in words.
        summed: whether they are the sum over the mini-batch; None where there is no telling.
        gradients: in the order of the parameters, of the mean over the mini-batch.

    """

    reading: str
    summed: bool | None
    gradients: tuple[HostArray, ...]


def candidates_of(
    readings: Sequence[tuple[str, Sequence[HostArray]]], batch: int, *, summable: bool
) -> list[Candidate]:
    """Each reading, and where they may be a sum, each as mean and as sum.

    Args:
        readings: in words, and the gradients as they came.
        batch: examples in the mini-batch.
        summable: whether they may be the sum over them: they all went into one call.

    """
    found = []
    for summed in (False, True) if summable and batch > 1 else (None,):
        divisor = batch if summed else 1
        for text, gradients in readings:
            found.append(Candidate(text, summed, tuple(each / divisor for each in gradients)))
    return found


def best_candidate(
    candidates: Sequence[Candidate], engine: Engine, values: Sequence[HostArray], seed: int
) -> tuple[Candidate, list[Finding]]:
    """The candidate that is nearest to a few measured slopes of each array, and what to say of it.

    Args:
        candidates: at least one; the first is taken where the slopes tell nothing.
        engine: measures the slopes.
        values: the parameter arrays.
        seed: chooses some of the entries.

    """
    if len(candidates) == 1:
        return candidates[0], _on_transposes(candidates[0])
    telling = _telling_slopes(candidates, engine, values, seed)
    best = max(candidates, key=lambda candidate: _rank(candidate, telling))
    complete = _rank(best, telling)[0] == len(values)
    return best, _said(best, candidates, complete)


def fits(candidate: Candidate, engine: Engine, values: Sequence[HostArray], seed: int) -> bool:
    """Whether a candidate is the gradient of an engine's cost, as far as a few entries tell."""
    telling = _telling_slopes([candidate], engine, values, seed)
    return _rank(candidate, telling)[0] == len(values)


# For each array, positions of some entries, and the slopes there.
Telling = list[tuple[HostArray, HostArray]]


def _telling_slopes(
    candidates: Sequence[Candidate], engine: Engine, values: Sequence[HostArray], seed: int
) -> Telling:
    generator = np.random.default_rng(seed)
    telling = []
    for which, value in enumerate(values):
        flat = value.reshape(-1)
        # The largest of every candidate, so that none is judged by its zeros alone.
        largest = [
            np.argsort(np.abs(each.gradients[which].reshape(-1)))[-TELLING // 2 :]
            for each in candidates
        ]
        somewhere = generator.choice(flat.size, min(TELLING, flat.size), replace=False)
        some = np.unique(np.concatenate([somewhere, *largest]))
        steps = TELLING_STEP * np.maximum(1.0, np.abs(flat[some]))
        changes = engine.cost_changes(which, some, steps, (-1.0, 1.0))
        telling.append((some, (changes[1] - changes[0]) / (2.0 * steps)))
    return telling


def _rank(candidate: Candidate, telling: Telling) -> tuple[int, float]:
    """How many arrays fit; and, less than 0, how far apart in size claims and slopes are."""
    fitting, apart = 0, 0.0
    for gradient, (some, slope) in zip(candidate.gradients, telling, strict=True):
        claimed = np.nan_to_num(gradient.reshape(-1)[some], posinf=HUGE, neginf=-HUGE)
        size = float(np.linalg.norm(claimed)), float(np.linalg.norm(slope))
        off = float(np.linalg.norm(claimed - slope))
        fitting += off <= FITS * sum(size)
        apart += abs(np.log((size[0] + TINY) / (size[1] + TINY)))
    return fitting, -apart


def _said(best: Candidate, candidates: Sequence[Candidate], complete: bool) -> list[Finding]:
    said = []
    why = "the cost bears it out" if complete else "the nearest to the cost, though it is not right"
    readings = {each.reading for each in candidates}
    if len(readings) > 1:
        said.append(
            Finding(
                GUESS,
                f"What backprop returns fits {len(readings)} readings by its shapes; both were "
                f"tried, and taken is: {best.reading} ({why}).",
            )
        )
    said += _on_transposes(best)
    if best.summed is not None:
        said.append(
            Finding(
                GUESS,
                f"The gradients are the {'sum' if best.summed else 'mean'} over the mini-batch "
                f"({why}).",
            )
        )
    return said


def _on_transposes(taken: Candidate) -> list[Finding]:
    if "transposed" not in taken.reading:
        return []
    return [
        Finding(
            ODDITY,
            "The weight gradients are the transposes of what belongs to the weights: a step of "
            "learning must transpose them, or it goes wrong.",
        )
    ]

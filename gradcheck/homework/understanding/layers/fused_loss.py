"""Losses whose gradient is that of softmax or sigmoid and cost together.

Such a class takes probabilities p, and its backward returns p - t. That is the derivative with
respect to what goes into the softmax, not with respect to p. The layer before it hands the gradient
on as it is. So the loss is compared with respect to the scores: its cost is taken of their softmax.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.homework.contract import Part, Values
from gradcheck.homework.finding import guess
from gradcheck.homework.near import CENTRAL_STEP
from nets.arrays import HostArray

__all__ = ["is_of_scores", "of_scores"]

SENTENCE = "backward returns p - t, the gradient of softmax or sigmoid and cost together"
# The part by which p - t may differ from the claim: rounding, and guards such as log(p + 1e-15).
SAME = 1e-8
# The part by which two measured factors may differ: far above the error of central differences.
NEAR = 1e-4

Squash = Callable[[HostArray], HostArray]


def of_scores(part: Part, targets: Any) -> Part:
    """A loss with respect to the scores, if that is what its gradient is; else as it is.

    Args:
        part: of a loss, whose input are probabilities.
        targets: one-hot in the input's shape, or class numbers (m,).

    Returns:
        The loss of the softmax, or of the sigmoid, of its input.

    """
    if len(part.arrays) != 1 or not part.arrays[0].is_input:
        return part
    p = part.arrays[0].value
    if p.ndim != 2 or np.any(p <= 0.0) or np.any(p >= 1.0):
        return part
    claim = part.claims_at([p])[0].arrays[0]
    if not _is_multiple(claim, p - _one_hot(targets, p.shape)) or _fits(part, p, claim):
        return part
    axis = 1 if np.allclose(p.sum(axis=1), 1.0) else 0
    for squash, scores in (
        (lambda z: _softmax(z, axis), np.log(p)),
        (_sigmoid, np.log(p) - np.log1p(-p)),
    ):
        other = _with_input(part, squash, scores)
        if _fits(other, scores, claim):
            return other
    return part


def is_of_scores(part: Part) -> bool:
    """Whether a part is a loss with respect to the scores."""
    return any(SENTENCE in each.text for each in part.findings)


def _with_input(part: Part, squash: Squash, scores: HostArray) -> Part:
    def squashed(values: Values) -> Values:
        return [squash(np.asarray(values[0]))]

    text = f"{SENTENCE}; it is compared with respect to the scores, and p is made of these."
    return replace(
        part,
        arrays=(replace(part.arrays[0], value=scores),),
        cost=replace(part.cost, at=lambda values: part.cost.at(squashed(values))),
        claims_at=lambda values: part.claims_at(squashed(values)),
        findings=(*part.findings, guess(text)),
    )


def _fits(part: Part, x: HostArray, claim: HostArray) -> bool:
    """Whether a positive factor makes the claim the slope, along two random directions."""
    generator = np.random.default_rng(8)
    factors = []
    for _ in range(2):
        direction = generator.standard_normal(x.shape)
        sides = [
            float(np.real(part.cost.at([x + sign * CENTRAL_STEP * direction])))
            for sign in (1.0, -1.0)
        ]
        slope = (sides[0] - sides[1]) / (2.0 * CENTRAL_STEP)
        factors.append(slope / float(np.sum(claim * direction)))
    return factors[0] > 0.0 and abs(factors[0] - factors[1]) <= NEAR * factors[0]


def _is_multiple(claim: HostArray, difference: HostArray) -> bool:
    if claim.shape != difference.shape:
        return False
    factor = float(np.sum(claim * difference)) / float(np.sum(difference**2))
    return factor > 0.0 and np.allclose(claim, factor * difference, rtol=SAME, atol=SAME * factor)


def _one_hot(targets: Any, shape: tuple[int, ...]) -> HostArray:
    given = np.asarray(targets)
    if given.ndim == 1 and len(given) == shape[0] and np.all(given < shape[1]):
        given = np.eye(shape[1])[given.astype(int)]
    return given if given.shape == shape else np.full(shape, np.nan)


def _softmax(scores: HostArray, axis: int) -> HostArray:
    powers = np.exp(scores - np.max(np.real(scores), axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


def _sigmoid(scores: HostArray) -> HostArray:
    return np.asarray(1.0 / (1.0 + np.exp(-scores)))

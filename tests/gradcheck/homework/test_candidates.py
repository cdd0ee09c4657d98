"""Of several ways to read gradients, the one that the cost confirms."""

from collections.abc import Sequence

import numpy as np
import pytest

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.homework.candidates import Candidate, best_candidate, candidates_of, fits
from gradcheck.homework.contract import NamedGradients
from nets.arrays import HostArray

# C = sum (weights * a)^2 / 2 with gradient weights a^2; square, so that its transpose fits too.
SCALE = np.arange(1.0, 10.0).reshape(3, 3)
VALUES = [np.linspace(-1.0, 1.0, 9).reshape(3, 3) + 0.05]
RIGHT = VALUES[0] * SCALE**2


def cost(arrays: Sequence[HostArray]) -> float:
    return float(np.sum((arrays[0] * SCALE) ** 2) / 2)


@pytest.fixture
def engine() -> OneByOne:
    return OneByOne(cost, VALUES)


def readings(gradient: HostArray) -> list[NamedGradients]:
    return [
        NamedGradients("as it is", False, [gradient]),
        NamedGradients("transposed", True, [gradient.T]),
    ]


def test_a_sum_and_a_mean_are_candidates_where_both_may_be_meant() -> None:
    found = candidates_of(readings(5 * RIGHT), 5, (False, True))
    assert [(each.reading, each.summed) for each in found] == [
        ("as it is", False),
        ("transposed", False),
        ("as it is", True),
        ("transposed", True),
    ]
    assert np.allclose(found[2].gradients[0], RIGHT, rtol=1e-15)


@pytest.mark.parametrize(("batch", "sums"), [(1, (False, True)), (5, ())])
def test_otherwise_each_reading_is_one_candidate(batch: int, sums: tuple[bool, ...]) -> None:
    found = candidates_of(readings(RIGHT), batch, sums)
    assert [each.summed for each in found] == [None, None]


@pytest.mark.parametrize("summed", [False, True])
def test_where_the_class_says_which_no_other_is_tried(engine: OneByOne, summed: bool) -> None:
    found = candidates_of(readings(5 * RIGHT), 5, (summed,))
    assert [each.summed for each in found] == [summed, summed]
    best, findings = best_candidate(found, engine, VALUES, 0)
    assert np.allclose(best.gradients[0], RIGHT if summed else 5 * RIGHT, rtol=1e-15)
    said = "The gradients are the sum over the mini-batch (as the cost is)."
    assert (said in [each.text for each in findings]) is summed
    assert not any("the mean over the mini-batch" in each.text for each in findings)


def test_where_half_of_the_arrays_are_a_sum_the_mean_is_taken() -> None:
    # Of two arrays, one is right as a mean and one as a sum.
    values = [VALUES[0], VALUES[0] + 0.3]
    engine = OneByOne(lambda arrays: sum(cost([each]) for each in arrays), values)
    for sums in ((5.0, 1.0), (1.0, 5.0)):
        claims = [factor * value * SCALE**2 for factor, value in zip(sums, values, strict=True)]
        candidates = candidates_of([NamedGradients("all", False, claims)], 5, (False, True))
        best, _ = best_candidate(candidates, engine, values, 0)
        assert best.summed is False


@pytest.mark.parametrize("transposed", [False, True])
def test_the_reading_that_the_cost_confirms_is_taken(engine: OneByOne, transposed: bool) -> None:
    gradient = RIGHT.T if transposed else RIGHT
    candidates = candidates_of(readings(gradient), 5, ())
    best, findings = best_candidate(candidates, engine, VALUES, 0)
    assert best.transposed is transposed
    texts = " ".join(each.text for each in findings)
    assert "can be read in 2 ways" in texts
    assert "(the cost confirms it)" in texts
    assert ("Transpose them before the weights are updated" in texts) is transposed


@pytest.mark.parametrize("summed", [False, True])
def test_a_sum_is_told_from_a_mean(engine: OneByOne, summed: bool) -> None:
    gradient = 5 * RIGHT if summed else RIGHT
    candidates = candidates_of(readings(gradient)[:1], 5, (False, True))
    best, findings = best_candidate(candidates, engine, VALUES, 0)
    assert best.summed is summed
    kind = "sum" if summed else "mean"
    assert [each.text for each in findings] == [
        f"The gradients are the {kind} over the mini-batch (the cost confirms it)."
    ]


def test_where_none_fits_the_closest_is_taken_and_that_is_told(engine: OneByOne) -> None:
    candidates = candidates_of(readings(5 * 0.9 * RIGHT)[:1], 5, (False, True))
    best, findings = best_candidate(candidates, engine, VALUES, 0)
    assert best.summed is True
    assert "(the closest to the cost, but not right)" in findings[0].text


def test_an_infinite_claim_does_not_win(engine: OneByOne) -> None:
    infinite = RIGHT.copy()
    infinite[0, 0] = np.inf
    candidates = candidates_of([*readings(infinite)[:1], *readings(RIGHT)[:1]], 1, ())
    best, _ = best_candidate(candidates, engine, VALUES, 0)
    assert best is candidates[1]


def test_a_single_candidate_costs_nothing(engine: OneByOne) -> None:
    (only,) = candidates_of(readings(RIGHT)[1:], 1, ())
    best, findings = best_candidate([only], engine, VALUES, 0)
    assert best is only
    assert engine.evaluations == 1
    assert "Transpose them" in findings[0].text


@pytest.mark.parametrize(("factor", "expected"), [(1.0, True), (1.01, False), (-1.0, False)])
def test_whether_a_candidate_fits(engine: OneByOne, factor: float, expected: bool) -> None:
    candidate = Candidate("as it is", False, None, (factor * RIGHT,))
    assert fits(candidate, engine, VALUES, 0) is expected

"""Which mistake explains numbers: the one that leaves least of what is wrong, or none."""

import numpy as np
import pytest

from gradcheck.bugs.chain_rule import CHAIN_RULE
from gradcheck.bugs.walk_back import moments_of
from gradcheck.bugs.zoo import BUGS
from gradcheck.diagnosis.likely_mistake import (
    AS_GOOD,
    EXACT,
    EXPLAINED,
    best_of,
    left_over,
    likely_mistake,
)
from nets.arrays import HostArray
from tests.gradcheck.bugs.habitats import Habitat
from tests.gradcheck.diagnosis.wrong_backprops import DEEP, diagnosed, mistake, thrice, told

MOMENT = moments_of(DEEP.network, DEEP.batch, DEEP.previous)[2]
STEP = "gradient_wrt_weights"
RIGHT: HostArray = CHAIN_RULE[STEP].right(MOMENT)


def test_the_mistake_that_gives_the_numbers_is_named() -> None:
    assert likely_mistake(MOMENT, STEP, RIGHT, 2.0 * RIGHT) is BUGS["weights-factor-two"]
    assert likely_mistake(MOMENT, STEP, RIGHT, RIGHT.T) is BUGS["weights-gradient-transposed"]
    decayed = RIGHT - 0.3 * MOMENT.layer.weights
    assert likely_mistake(MOMENT, STEP, RIGHT, decayed) is BUGS["weight-decay"]


def test_mistakes_of_other_steps_are_not_tried() -> None:
    biases: HostArray = CHAIN_RULE["gradient_wrt_biases"].right(MOMENT)
    assert likely_mistake(MOMENT, "gradient_wrt_biases", biases, 2.0 * biases) is None


@pytest.mark.parametrize("claim", [3.0 * RIGHT, RIGHT, np.full_like(RIGHT, np.nan)])
def test_what_no_mistake_gives_is_not_named(claim: HostArray) -> None:
    assert likely_mistake(MOMENT, STEP, RIGHT, claim) is None


def test_one_number_can_be_explained_by_any_fit_and_none_is_believed() -> None:
    here = Habitat.of(1, 1, 1, activation="sigmoid", cost="quadratic")
    found = diagnosed(here, here.with_bug(mistake(STEP, thrice), 1))
    assert told(found) == (1, STEP, None)


def test_what_is_left_over_is_a_part_of_what_is_wrong() -> None:
    right = np.array([1.0, 2.0])
    claim = right + np.array([0.0, 0.5])
    assert left_over(claim, right, claim) == 0.0
    assert left_over(right, right, claim) == 1.0
    assert left_over(right + np.array([0.0, 0.4]), right, claim) == pytest.approx(0.2)
    assert left_over(np.array([np.inf, 0.0]), right, claim) == np.inf
    # Rounding needs no explanation, but a mistake must not make more of it.
    assert left_over(right, right, right + 1e-7, rounding=1e-6) == 0.0
    assert left_over(claim, right, right + 1e-7, rounding=1e-6) == np.inf


def test_the_first_of_those_that_are_as_good_is_the_best() -> None:
    assert best_of([(0.5, "a"), (1e-5, "b"), (2e-5, "c")]) == "b"
    assert best_of([(AS_GOOD * 0.9e-5, "a"), (1e-5, "b")]) == "a"
    assert best_of([(AS_GOOD * 1.1e-5, "a"), (1e-5, "b")]) == "b"
    assert best_of([(0.9 * EXACT, "a"), (0.0, "b")]) == "a"
    assert best_of([(1.1 * EXACT, "a"), (0.0, "b")]) == "b"


def test_what_leaves_too_much_explains_nothing() -> None:
    assert best_of([(0.9 * EXPLAINED, "a")]) == "a"
    assert best_of([(1.1 * EXPLAINED, "a")]) is None
    assert best_of([(np.inf, "a")]) is None
    nothing: list[tuple[float, str]] = []
    assert best_of(nothing) is None

"""Bounds of the parameters: read, refused, and kept by every step."""

from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from gradcheck.verdicts.checked_bounds import boxes_of
from nets.arrays import Place, to_numpy
from nets.errors import BadInput
from tests.gradcheck.problems import REAL_SCHEMES

A, B = np.array([0.5, 1.0]), np.array(2.0)
PARAMETERS = {"a": A, "b": B}


def boxes(bounds: Any) -> list[list[Any]]:
    found = boxes_of(bounds, PARAMETERS, ["a", "b"], [A, B])
    assert found is not None
    return [[side.tolist() for side in box] for box in found]


def test_bounds_are_numbers_none_or_packed_like_the_parameters() -> None:
    unbounded = [-np.inf, np.inf]
    assert boxes_of(None, PARAMETERS, ["a", "b"], [A, B]) is None
    assert boxes((0, 3)) == [[[0.0, 0.0], [3.0, 3.0]], [0.0, 3.0]]
    assert boxes((None, np.inf))[1] == unbounded
    assert boxes(({"a": 0.25, "b": None}, None))[0][0] == [0.25, 0.25]
    packed = ({"a": [0.0, 0.5], "b": -1}, {"a": np.array([1, 2]), "b": np.float32(3)})
    assert boxes(packed) == [[[0.0, 0.5], [1.0, 2.0]], [-1.0, 3.0]]


def test_bounds_lie_where_the_parameters_lie(where: Place) -> None:
    value = where.put([0.5, 1.0])
    found = boxes_of((0.0, [1.0, 2.0]), value, ["w"], [value])
    assert found is not None
    assert [to_numpy(side).tolist() for side in found[0]] == [[0.0, 0.0], [1.0, 2.0]]


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        (3.0, r"the bounds are a float; give a pair, \(lowest, highest\)"),
        ((0.0,), "the bounds are a tuple; give a pair"),
        ("ab", "the bounds are a str; give a pair"),
        ((True, None), "the lower bounds are a bool; give a dict"),
        (({"a": 0.0}, None), "no lower bound was given for 'b'"),
        (({"a": True, "b": 0}, None), "the lower bound of a is a bool"),
        (({"a": [0.0, 0.0, 0.0], "b": 0}, None), r"has shape \(3,\); it should be a number, or"),
        (({"a": [[0.0], [0.0, 1.0]], "b": 0}, None), "the lower bound of a is no array"),
        ((None, {"a": [np.nan, 3.0], "b": 3}), "the upper bound of a contains NaN"),
        ((None, {"a": "x", "b": 3}), "the upper bound of a is a str"),
        ((0.75, None), "a contains 0.5, which is outside the bounds 0.75 and inf"),
        ((None, 1.5), "b contains 2.0, which is outside the bounds -inf and 1.5"),
        ((None, {"a": 1.0, "b": np.nan}), "the upper bound of b"),
        (({"a": [0.0, 1.0], "b": 0}, {"a": 1.0, "b": 3}), "leaves no room for a step"),
    ],
)
def test_bounds_that_cannot_be_used(bounds: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        boxes(bounds)


def of_a_ball(low: float, high: float) -> Any:
    """A cost that fails if it is evaluated outside."""

    def cost(w: Any) -> Any:
        assert np.all((w >= low) & (w <= high))
        return (w**2).sum() + w[0] * w[-1]

    return cost


def slopes_of_a_ball(w: Any) -> Any:
    return 2 * w + w[::-1] * [1.0, 0.0, 1.0]


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
@pytest.mark.parametrize(
    "w", [[0.0, 0.5, 1.0], [0.0, 1.0, 0.5], [1.0, 1.0, 1.0], [1e-9, 0.5, 1.0 - 1e-9]]
)
def test_no_step_leaves_the_box_and_every_entry_is_decided(scheme: str, w: Any) -> None:
    w = np.array(w)
    right, cost = slopes_of_a_ball(w), of_a_ball(0.0, 1.0)
    report = check_gradients(cost, w, right, scheme=scheme, bounds=(0.0, 1.0))
    assert report.ok
    assert report.counts["disagree"] == report.counts["undecided"] == 0
    wrong = check_gradients(cost, w, right + 0.01, scheme=scheme, bounds=(0.0, 1.0))
    assert wrong.counts["disagree"] == 3


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
def test_without_the_bounds_the_same_cost_is_evaluated_outside(scheme: str) -> None:
    w = np.array([0.0, 0.5, 1.0])
    with pytest.raises(AssertionError):
        check_gradients(of_a_ball(0.0, 1.0), w, slopes_of_a_ball(w), scheme=scheme)


def test_the_complex_step_leaves_no_box() -> None:
    w = np.array([0.0, 0.5, 1.0])
    seen = []

    def cost(w: Any) -> Any:
        seen.append(w.real.copy())
        return (w**3).sum()

    assert check_gradients(cost, w, 3 * w**2, scheme="complex", bounds=(0, 1)).ok
    assert np.min(seen) >= 0.0
    assert np.max(seen) <= 1.0

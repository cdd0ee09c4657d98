"""Right numbers in wrong places, and in the gradient of another array."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.diagnosis.checked_array import CheckedArrays
from gradcheck.diagnosis.misplaced_entries import of_another_array, rearranged
from nets.arrays import HostArray
from tests.gradcheck.diagnosis.checked import alone, checked, right_gradient

CASES: list[tuple[tuple[int, ...], Callable[[HostArray], Any], str]] = [
    ((4, 4), np.transpose, "It is the transpose of the measured gradient."),
    (
        (2, 3, 3),
        lambda g: g.transpose(0, 2, 1),
        "It is the measured gradient with its axes in the order (0, 2, 1).",
    ),
    (
        (5, 4),
        lambda g: g.T.copy().reshape(g.shape),
        "It was brought into its shape by reshape where a transpose is needed.",
    ),
    ((5,), lambda g: g[::-1], "It runs backwards along axis 0: it is flipped."),
    ((5, 4), lambda g: g[::-1, ::-1], "It runs backwards along axes 0 and 1: it is flipped."),
    (
        (5, 4),
        lambda g: np.roll(g, -1, 1),
        "It is shifted by one along axis 1: an index is off by one.",
    ),
]


@pytest.mark.parametrize(("shape", "change", "says"), CASES)
def test_numbers_in_wrong_places_are_told(
    shape: tuple[int, ...], change: Callable[[HostArray], Any], says: str
) -> None:
    right = right_gradient(*shape)
    array = checked(change(right), right)
    found = rearranged(array, alone(array))
    assert found is not None
    assert found.says == says
    some = checked(change(right), right, entries=range(0, right.size, 3))
    assert rearranged(some, alone(some)) == found


def test_the_right_numbers_times_two_are_not_misplaced() -> None:
    right = right_gradient(4, 4)
    for claim in (2.0 * right.T, right_gradient(4, 4, seed=1)):
        array = checked(claim, right)
        assert rearranged(array, alone(array)) is None


def swapped(*names: str) -> CheckedArrays:
    """Three arrays; the gradients of the two that are named stand in each other's places."""
    right = {name: right_gradient(3, 2, seed=n) for n, name in enumerate(("a", "b", "c"))}
    claims = dict(right)
    claims[names[0]], claims[names[1]] = right[names[1]], right[names[0]]
    return CheckedArrays([checked(claims[name], right[name], name=name) for name in right])


def test_swapped_arrays_are_named_with_the_other_one() -> None:
    for names, question in (
        (("a", "c"), "Are the gradients in reverse order?"),
        (("a", "b"), "Are the two in the wrong order?"),
    ):
        together = swapped(*names)
        wrong = next(each for each in together.arrays if each.report.name == names[0])
        found = of_another_array(wrong, together)
        assert found is not None
        assert found.says == f"It is the gradient that was measured for {names[1]}."
        assert found.evidence == question


def test_a_gradient_of_no_other_array_is_not_one() -> None:
    together = swapped("a", "c")
    assert of_another_array(together.arrays[1], together) is None  # it is right
    right = right_gradient(3, 2)
    wrong = checked(right_gradient(3, 2, seed=9), right)
    assert of_another_array(wrong, CheckedArrays([wrong, *together.arrays])) is None
    assert of_another_array(wrong, alone(wrong)) is None

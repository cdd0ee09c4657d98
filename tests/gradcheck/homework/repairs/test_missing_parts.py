"""Factors and terms that are missing."""

import numpy as np
import pytest

from gradcheck.homework.repairs.missing_parts import missing_arrays, missing_constants
from gradcheck.homework.repairs.repair import Sizes
from tests.gradcheck.homework.repairs.places import line_with

G = np.arange(4.0)


def test_a_result_is_twice_as_large_or_half() -> None:
    found = line_with(missing_constants, "d = g", g=G)
    assert found == {"d = g * 2": {"factor-half"}, "d = g * 0.5": {"factor-two"}}


def test_numbers_of_examples_and_outputs_by_their_names() -> None:
    found = line_with(missing_constants, "d = g", sizes=Sizes((7,), (3,)), g=G, m=7)
    assert found["d = g / m"] == {"not-divided-by-batch"}
    assert found["d = g * m"] == {"divided-twice"}
    assert found["d = g / 3"] == {"not-divided-by-outputs"}
    assert found["d = g * 3"] == {"divided-by-outputs"}


def test_a_truth_value_names_no_number() -> None:
    found = line_with(missing_constants, "d = g", sizes=Sizes((1,)), g=G, is_last=True)
    assert "d = g / 1" in found


def test_each_item_of_a_returned_tuple_is_a_result() -> None:
    found = line_with(missing_constants, "return g, h", g=G, h=G)
    assert {"return (g * 2, h)", "return (g, h * 2)"} <= set(found)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ("d = g * mask", "missing-activation-derivative"),
        ("d = g * labels", "factor-missing"),
        ("d = g * w", "factor-missing"),
        ("d = g + w", "term-missing"),
        ("d = g - w", "term-missing"),
        ("d = g / m", "not-divided-by-batch"),
        ("d = g / n", "sum-for-mean"),
        ("d = g * n", "mean-for-sum"),
        ("d = g * rate", "constant-factor"),
    ],
)
def test_a_variable_is_missing(change: str, cause: str) -> None:
    mask = np.array([0.0, 1.0, 1.0, 0.0])
    found = line_with(
        *(missing_arrays, "d = g"), sizes=Sizes((7,)),
        g=G, mask=mask, labels=mask, w=G, m=7, n=5, rate=0.3,
    )  # fmt: skip
    assert found[change] == {cause}


def test_only_whole_numbers_that_count_are_tried() -> None:
    found = line_with(missing_arrays, "d = g", g=G, width=4, batch_size=4, flag=True, items=[1])
    assert "d = g / batch_size" in found
    assert not any(name in text for text in found for name in ("width", "flag", "items"))

"""Which arrays disagree, in the order of backprop, and whether they are a multiple of the truth."""

import numpy as np

from gradcheck.homework.disagreement import (
    common_factor,
    first_wrong,
    is_multiple,
    wrong_arrays,
)
from gradcheck.verdicts.array_report import ArrayReport
from tests.gradcheck.homework.reports import array_of, report_of

RIGHT = np.array([1.0, -2.0, 3.0])


def test_the_arrays_next_to_the_cost_come_first() -> None:
    report = report_of(
        [
            array_of(layer, kind, 2 * RIGHT, RIGHT)
            for layer in (1, 2)
            for kind in ("weights", "biases")
        ]
    )
    assert [array.name for array in wrong_arrays(report)] == [
        "layer 2 biases",
        "layer 2 weights",
        "layer 1 biases",
        "layer 1 weights",
    ]
    first = first_wrong(report)
    assert first is not None
    assert first.name == "layer 2 biases"


def test_what_is_right_is_not_among_them() -> None:
    right = report_of([array_of(1, "weights", RIGHT, RIGHT)])
    assert wrong_arrays(right) == []
    assert first_wrong(right) is None


def test_a_multiple_is_one_within_its_error_bars() -> None:
    array = array_of(1, "weights", 2 * RIGHT + 1e-9, RIGHT)
    assert is_multiple(array, 2.0)
    assert not is_multiple(array, 2.001)
    assert not is_multiple(array_of(1, "weights", 0 * RIGHT, RIGHT), 0.0)


def test_a_factor_that_all_arrays_have() -> None:
    def arrays(*factors: float) -> list[ArrayReport]:
        return [array_of(k, "weights", f * RIGHT, RIGHT) for k, f in enumerate(factors)]

    assert common_factor(arrays(-2.0, -2.0)) == -2.0
    assert common_factor(arrays(2.0, 3.0)) is None
    assert common_factor(arrays(0.0)) is None
    assert common_factor([]) is None

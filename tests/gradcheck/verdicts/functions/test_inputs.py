"""The inputs of a forward function: what is checked, and what is held fixed."""

from typing import Any

import numpy as np
import pytest

from gradcheck.verdicts.functions.inputs import function_inputs
from nets.errors import BadInput

X, LABELS = np.ones((2, 3)), np.array([0, 1])


def forward(x: Any, labels: Any, rate: float) -> Any:
    return x


def test_arrays_of_real_numbers_are_checked_and_the_rest_is_held_fixed() -> None:
    found = function_inputs(forward, [X, LABELS, 0.5])
    assert found.names == ["x", "labels", "rate"]
    assert found.checked_names == ["x"]
    assert any("labels" in remark for remark in found.remarks)


def test_inputs_are_copies_in_each_call() -> None:
    found = function_inputs(forward, {"x": X, "labels": LABELS, "rate": 0.5})
    arguments = found.fresh()
    arguments.by_name["x"][:] = 7.0
    assert np.all(found.fresh().by_name["x"] == 1.0)
    np.testing.assert_array_equal(found.fresh([2 * X]).by_name["x"], 2 * X)


def test_inputs_without_real_numbers_are_refused() -> None:
    with pytest.raises(BadInput):
        function_inputs(forward, [LABELS, LABELS, 3])

"""What a backward pass does besides its gradients shows in a second call."""

from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.homework.claimed_twice import claimed_twice
from tests.gradcheck.homework.parts import W, part_of


def test_a_steady_part_has_no_findings() -> None:
    found = claimed_twice(part_of(), [W])
    assert found.again is None
    assert found.findings == []
    assert not found.is_zero


def test_gradients_that_add_up_are_told() -> None:
    total = np.zeros(3)

    def adding(w: Any) -> Any:
        total[:] += 2 * w
        return total.copy()

    found = claimed_twice(part_of(gradient=adding), [W])
    assert found.again is not None
    np.testing.assert_array_equal(found.again[0].arrays[0], 4 * W)
    assert "keeps state between calls" in found.findings[0].text


def test_a_backward_that_changes_the_arrays_is_told() -> None:
    part = replace(part_of(), current=lambda: [W + 1.0])
    (found,) = claimed_twice(part, [W]).findings
    assert "changes the network's own W1" in found.text


def test_nan_and_zero_are_noticed() -> None:
    (found,) = claimed_twice(part_of(gradient=lambda w: w * np.nan), [W]).findings
    assert found.text == "The gradients contain NaN or infinity."
    assert claimed_twice(part_of(gradient=np.zeros_like), [W]).is_zero

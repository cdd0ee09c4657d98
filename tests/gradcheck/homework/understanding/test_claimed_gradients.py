"""The gradients that backprop claims, and what else it does."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.claimed_gradients import ClaimedGradients, claimed_gradients
from gradcheck.homework.understanding.recognise_backprop import recognise_backprop
from nets.arrays import HostArray
from tests.gradcheck.homework.students import SIZES, Book, batch_of, builder_of, student_of

pytestmark = pytest.mark.usefixtures("in_this_process")

BATCH = batch_of(SIZES)


def claimed(built: Any) -> ClaimedGradients:
    student = student_of(built(SIZES))
    before = student.parameters.values()
    found = claimed_gradients(student, recognise_backprop(builder_of(built), BATCH), BATCH)
    assert all(map(np.array_equal, student.parameters.current(), before))
    return found


class Learns(Book):
    """Changes its weights, one in place and the others not."""

    def backprop(self, x: HostArray, y: HostArray) -> Any:
        nabla_b, nabla_w = super().backprop(x, y)
        self.biases[0] -= nabla_b[0]
        self.weights = [*self.weights[:2], self.weights[2] - nabla_w[2]]
        return nabla_b, nabla_w


class Accumulates(Book):
    """Adds to the gradients of the calls before."""

    total: Any = None

    def backprop(self, x: HostArray, y: HostArray) -> Any:
        nabla_b, nabla_w = super().backprop(x, y)
        total_b, total_w = self.total or ([0.0] * 3, [0.0] * 3)
        self.total = (
            [old + new for old, new in zip(total_b, nabla_b, strict=True)],
            [old + new for old, new in zip(total_w, nabla_w, strict=True)],
        )
        return self.total


class Infinite(Book):
    def backprop(self, x: HostArray, y: HostArray) -> Any:
        nabla_b, nabla_w = super().backprop(x, y)
        nabla_w[1][0, 0] = np.inf
        return nabla_b, nabla_w


def test_a_right_class_is_told_nothing() -> None:
    found = claimed(Book)
    assert found.findings == []
    assert found.again is None
    assert [array.shape for array in found.first[0]][:2] == [(4, 6), (4, 1)]


def test_parameters_that_backprop_changes_are_put_back_before_each_call() -> None:
    found = claimed(Learns)
    (finding,) = found.findings
    assert finding.kind == "oddity"
    assert finding.text.startswith(
        "backprop changes the network's own layer 1 biases, layer 3 weights. They were restored"
    )
    assert all(map(np.array_equal, found.first[0], claimed(Book).first[0]))


def test_state_between_calls_is_told_and_kept_apart() -> None:
    found = claimed(Accumulates)
    assert "keeps state between calls" in found.findings[0].text
    assert found.again is not None
    assert not np.allclose(found.first[0][0], found.again[0][0], rtol=0.1)


def test_infinity_is_told() -> None:
    assert [each.text for each in claimed(Infinite).findings] == [
        "The gradients contain NaN or infinity."
    ]

"""A softmax that stops at the first entry of the arriving gradient is held to one entry."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.layers.one_entry_arriving import (
    with_one_entry_where_only_one_counts,
)
from gradcheck.homework.understanding.layers.part import layer_part
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.layers.dense import trial_of
from tests.gradcheck.homework.understanding.layers.test_part import slope


class Softmax:
    """A softmax of each row, with the whole derivative."""

    def forward(self, x: HostArray) -> Any:
        powers = np.exp(x - x.max(axis=-1, keepdims=True))
        self.p = powers / powers.sum(axis=-1, keepdims=True)
        return self.p

    def backward(self, grad: HostArray) -> Any:
        return self.p * (grad - (grad * self.p).sum(axis=-1, keepdims=True))


class StopsAtTheFirst(Softmax):
    def backward(self, grad: HostArray) -> Any:
        alone = np.zeros_like(grad)
        position = int(np.flatnonzero(grad)[0])
        alone.flat[position] = grad.flat[position]
        return super().backward(alone)


class WrongAtTheFirst(StopsAtTheFirst):
    def backward(self, grad: HostArray) -> Any:
        return -super().backward(grad)


class AlwaysTheFirst(Softmax):
    def backward(self, grad: HostArray) -> Any:
        alone = np.zeros_like(grad)
        alone.flat[0] = grad.flat[0]
        return super().backward(alone)


def agrees(own: Any) -> bool:
    part = layer_part(trial_of(own), "the layer")
    measured, claimed = slope(part, 0)
    return measured == pytest.approx(claimed, rel=1e-6)


def test_only_a_backward_pass_that_stops_is_held_to_one_entry() -> None:
    for kind, position in ((Softmax, None), (AlwaysTheFirst, None), (StopsAtTheFirst, 7)):
        trial = with_one_entry_where_only_one_counts(trial_of(kind()), [])
        assert trial.only_entry == position
        assert np.count_nonzero(trial.arriving) == (15 if position is None else 1)


def test_what_it_gives_for_one_entry_must_be_right() -> None:
    assert agrees(Softmax())
    assert agrees(StopsAtTheFirst())
    assert not agrees(WrongAtTheFirst())
    assert not agrees(AlwaysTheFirst())


def test_the_report_says_so() -> None:
    (odd,) = [
        each.text
        for each in layer_part(trial_of(StopsAtTheFirst()), "the layer").findings
        if "the first entry of the arriving gradient that is not 0" in each.text
    ]
    assert "right only behind a cost of one class" in odd
    assert "first entry" not in str(layer_part(trial_of(Softmax()), "the layer").findings)

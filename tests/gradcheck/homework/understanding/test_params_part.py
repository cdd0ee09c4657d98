"""A class with a dict of parameters, as a part."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.contract import Part
from gradcheck.homework.understanding.example_forms import EXAMPLE_FORMS
from gradcheck.homework.understanding.held_arrays import HeldArrays
from gradcheck.homework.understanding.loss_calls import REGULARISATION, LossCalls
from gradcheck.homework.understanding.params_part import ParamsPart
from gradcheck.homework.understanding.stores import DictItems
from nets.arrays import HostArray
from tests.gradcheck.homework.students import batch_of, caller
from tests.gradcheck.homework.understanding.params_classes import TwoLayers

BATCH = batch_of((5, 4, 3), 6)
X, Y = BATCH.inputs.T, BATCH.targets.T


def part_of(own: TwoLayers) -> Part:
    keys = tuple(own.params)
    held = HeldArrays(DictItems(own, "params", keys), [*keys])
    calls = LossCalls(own, EXAMPLE_FORMS[0], BATCH, 0, caller())
    return ParamsPart("Net", held, keys, calls, BATCH).part()


def test_arrays_have_their_names_and_places() -> None:
    part = part_of(TwoLayers())
    assert [(array.name, array.slot and array.slot.name) for array in part.arrays] == [
        ("W1", "layer 1 weights"),
        ("b1", "layer 1 biases"),
        ("W2", "layer 2 weights"),
        ("b2", "layer 2 biases"),
    ]
    assert part.backward == "loss"


def test_cost_and_gradients_are_those_of_the_values() -> None:
    part = part_of(TwoLayers())
    zeros = [np.zeros_like(value) for value in part.values]
    assert part.cost.at(zeros) == pytest.approx(0.5)
    cost, gradients = TwoLayers().loss(X, Y, REGULARISATION)
    (reading,) = part.claims_at(part.values)
    assert part.cost.at(part.values) == pytest.approx(cost)
    for one, other in zip(reading.arrays, gradients.values(), strict=True):
        np.testing.assert_allclose(one, other)


def test_a_later_call_does_not_overwrite_the_gradients() -> None:
    class Same(TwoLayers):
        kept: Any = None

        def loss(self, x: HostArray, y: HostArray, reg: float = 0.0) -> Any:
            cost, found = super().loss(x, y, reg)
            self.kept = self.kept or {name: np.zeros_like(each) for name, each in found.items()}
            for name, each in found.items():
                self.kept[name][...] = each
            return cost, self.kept

    part = part_of(Same())
    (first,) = part.claims_at(part.values)
    before = first.arrays[0].copy()
    part.claims_at([2.0 * value for value in part.values])
    np.testing.assert_array_equal(first.arrays[0], before)


def test_how_it_was_read_is_told() -> None:
    class Plain(TwoLayers):
        def loss(self, x: HostArray, y: HostArray) -> Any:  # type: ignore[override]
            return super().loss(x, y)

    texts = [finding.text for finding in part_of(TwoLayers()).findings]
    assert "The cost is the class's own loss(x, y)" in texts[0]
    assert texts[1] == f"The strength of its regularisation was set to {REGULARISATION}."
    assert len(part_of(Plain()).findings) == 1

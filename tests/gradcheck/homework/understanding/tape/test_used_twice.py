"""The gradients of an operator that is used twice add up, or it becomes a part of its own."""

import operator
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.tape.operator_on_trial import OperatorOnTrial
from gradcheck.homework.understanding.tape.operators import SAME, Operator
from gradcheck.homework.understanding.tape.used_twice import used_twice
from gradcheck.homework.understanding.tape.weights import weigher
from tests.gradcheck.homework.understanding.tape.engines import Scalar, Tensor, engine_for


class Overwrites(Tensor):
    """Its product puts the gradient of its first factor in the place of what was there."""

    def __mul__(self, other: Any) -> Any:
        found = super().__mul__(other)
        factor = _Overwritten(self)
        found.parents = ((factor, other.data), found.parents[1])
        return found


class _Overwritten:
    def __init__(self, node: Any) -> None:
        self.node = node

    def _add(self, arriving: Any) -> None:
        self.node.grad = arriving


def on_trial(kind: type) -> OperatorOnTrial:
    engine = engine_for(kind)
    one = Operator("a * b", (operator.mul,), SAME)
    return OperatorOnTrial(engine, one, operator.mul, 0, weigher(engine_for(Tensor), {}))


@pytest.mark.parametrize("kind", [Scalar, Tensor])
def test_gradients_that_add_up_make_no_part(kind: type) -> None:
    assert used_twice(on_trial(kind), operator.add) is None


def test_an_operator_that_overwrites_is_a_part_with_wrong_claims() -> None:
    part = used_twice(on_trial(Overwrites), operator.add)
    assert part is not None
    assert part.name == "Overwrites: a * b, used twice"
    values = part.values
    moved = [values[0] + 1.0, values[1]]
    change = part.cost.at(moved) - part.cost.at(values)
    claimed = part.claims_at(values)[0].arrays
    assert not np.isclose(np.sum(claimed[0]), change)
    assert np.isclose(np.sum(part.claims_at(values)[0].arrays[1] * values[1]), part.cost.at(values))


def test_an_engine_that_cannot_add_is_left_alone() -> None:
    assert used_twice(on_trial(Overwrites), lambda a, b: None) is None

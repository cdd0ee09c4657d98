"""One operator of an engine, applied to random inputs."""

import operator
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.operator_on_trial import NotForward, OperatorOnTrial
from gradcheck.homework.understanding.tape.operators import SAME, Operator
from tests.gradcheck.homework.understanding.tape.engines import Scalar, Tensor, engine_for


def on_trial(kind: type, apply: Any, **more: Any) -> OperatorOnTrial:
    one = Operator("a * b", (apply,), SAME, **more)
    return OperatorOnTrial(engine_for(kind), one, apply, 0, None)


@pytest.mark.parametrize("kind", [Scalar, Tensor])
def test_inputs_stay_away_from_zero_and_gradients_are_those_of_the_product(kind: type) -> None:
    part = on_trial(kind, operator.mul).part()
    assert part is not None
    a, b = part.values
    assert float(np.min(np.abs(a))) >= 0.3
    assert np.any(a < 0.0)
    np.testing.assert_array_equal(part.claims_at(part.values)[0].arrays, [b, a])
    assert part.cost.at(part.values) == pytest.approx(np.sum(a * b))


def test_positive_inputs_where_the_operator_needs_them() -> None:
    part = on_trial(Tensor, operator.mul, positive=True).part()
    assert part is not None
    assert all(np.all(value > 0.0) for value in part.values)


def test_an_operator_that_cannot_be_applied_is_told_from_one_whose_backward_fails() -> None:
    class NoWay(Tensor):
        def backward(self) -> None:
            raise RuntimeError("no idea")

    with pytest.raises(NotForward, match="unsupported operand"):
        on_trial(Tensor, operator.matmul).part()
    with pytest.raises(StudentError, match="RuntimeError: no idea") as raised:
        on_trial(NoWay, operator.mul).part()
    assert not isinstance(raised.value, NotForward)

"""Functions for whole mini-batches that do not add up over the examples."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.claims import Wishes
from gradcheck.homework.understanding.by_trying.found_claims import returned_claims
from gradcheck.homework.understanding.by_trying.handover import ROW
from gradcheck.homework.understanding.by_trying.meant_for_batches import expect_single_examples
from gradcheck.homework.understanding.by_trying.returned import ReturnedGradients
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.by_trying.nets import (
    Layer,
    code_of,
    learned_by,
    trial_of,
)


class LeavesABiasPerExample(Layer):
    """It divides by the number of examples, and forgets a sum."""

    def backward(self, x: HostArray, y: HostArray) -> Any:
        out = self.forward(x)
        delta = (out - y) * (1 - out**2) / len(x)
        return {"dW": x.T @ delta, "db": delta}


class ForSingleExamples(Layer):
    """It works for a whole mini-batch by accident: its matrix is then the sum."""

    def backward(self, x: HostArray, y: HostArray) -> Any:
        out = self.forward(x)
        delta = (out - y) * (1 - out**2)
        return {"dW": x.T @ delta, "db": delta}


def looked_at(own: Layer) -> None:
    """What is checked, for a class that was read one example at a time."""
    learned = learned_by(own, "W", "b")
    single = replace(trial_of(), way=ROW)
    claims, values = ReturnedGradients("backward", single, learned), list(learned.values)
    code = code_of(own)
    expect_single_examples(code, claims, claims.at(code.copied(), values), values)


def test_a_mean_without_its_sum_is_told_with_its_shape() -> None:
    with pytest.raises(StudentError, match=r"for 5 examples .* shape \(5, 3\).* Add it up"):
        looked_at(LeavesABiasPerExample())


@pytest.mark.parametrize("kind", [ForSingleExamples, Layer])
def test_code_for_single_examples_and_right_code_are_left_alone(kind: type[Layer]) -> None:
    looked_at(kind())


def test_code_that_refuses_a_whole_mini_batch_is_for_single_examples() -> None:
    class Refuses(LeavesABiasPerExample):
        def backward(self, x: HostArray, y: HostArray) -> Any:
            if len(x) > 1:
                raise ValueError("one at a time")
            return super().backward(x, y)

    looked_at(Refuses())


def test_the_claims_of_such_a_function_are_not_taken() -> None:
    own = LeavesABiasPerExample()
    learned = learned_by(own, "W", "b")
    for way, refused in ((ROW, True), (trial_of().way, False)):
        errors: list[StudentError] = []
        arguments = (replace(trial_of(), way=way), learned, Wishes(), errors)
        if refused:
            with pytest.raises(StudentError, match="divides by the number of examples"):
                returned_claims(code_of(own), *arguments)
        else:
            assert returned_claims(code_of(own), *arguments) is None
            assert "(5, 3)" in errors[0].line
    assert np.shape(own.b) == (3,)

"""Outputs of PyTorch code, their cost, and their gradients."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.arriving import arriving_gradient
from gradcheck.homework.contract import NamedArray
from gradcheck.homework.finding import UNUSABLE
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pytorch.torch_outputs import TorchOutputs, random_array
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.pytorch.stand_in import Tensor, torch_for

X, W = random_array((2, 3), 0), random_array((2, 3), 1)


@pytest.fixture(autouse=True)
def with_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    torch_for(monkeypatch)


def outputs(call: Any) -> TorchOutputs:
    return TorchOutputs(call, "Net", caller(), 5)


def test_random_arrays_differ_from_argument_to_argument() -> None:
    assert not np.array_equal(X, W)
    np.testing.assert_array_equal(random_array((2, 3), 1), W)


def test_the_cost_is_the_sum_of_weighted_outputs_and_its_gradient_arrives() -> None:
    whole = outputs(lambda given: given[0] * given[1])
    weights = arriving_gradient((2, 3), 5)
    assert whole.cost_at([X, W]) == pytest.approx(np.sum(X * W * weights))
    (reading,) = whole.claims_at([X, W])
    np.testing.assert_allclose(reading.arrays[0], W * weights)
    np.testing.assert_allclose(reading.arrays[1], X * weights)


def test_each_of_several_outputs_has_weights_of_its_own() -> None:
    whole = outputs(lambda given: (given[0] * 1.0, given[0] * 1.0, Tensor(np.ones(2, dtype=int))))
    both = arriving_gradient((2, 3), 5) + arriving_gradient((2, 3), 6)
    assert whole.cost_at([X]) == pytest.approx(np.sum(X * both))


def test_an_array_that_no_output_depends_on_has_a_gradient_of_zero() -> None:
    (reading,) = outputs(lambda given: given[0] * 2.0).claims_at([X, W])
    np.testing.assert_array_equal(reading.arrays[1], np.zeros((2, 3)))


def test_what_is_no_tensor_is_told() -> None:
    with pytest.raises(StudentError, match="forward of Net returned an object of type float; it"):
        outputs(lambda given: 1.0).cost_at([X])


def test_the_part_has_arrays_and_findings() -> None:
    part = outputs(lambda given: given[0] * 2.0).part([NamedArray("x", X)], ())
    assert (part.name, part.backward) == ("Net", "backward")
    assert "each with a random weight" in part.cost.name


def test_a_gradient_that_is_refused_is_wrong_by_itself() -> None:
    def call(given: Any) -> Any:
        if given[1].requires_grad:
            raise RuntimeError("invalid gradient at index 1")
        return given[0] * given[1]

    arrays = [NamedArray("x", X), NamedArray("w", W)]
    whole = outputs(call)
    with pytest.raises(StudentError, match="invalid gradient"):
        whole.claims_at([X, W])
    part = whole.as_far_as_usable(arrays).part(arrays, ())
    (reading,) = part.claims_at([X, W])
    np.testing.assert_allclose(reading.arrays[0], W * arriving_gradient((2, 3), 5))
    assert np.all(np.isnan(reading.arrays[1]))
    (said,) = part.findings
    assert said.kind == UNUSABLE
    assert said.text.startswith("There is no gradient of w: forward of Net raised RuntimeError")
    # Nothing is left of one whose gradients are all refused.
    with pytest.raises(StudentError, match="There is no gradient of w"):
        outputs(lambda given: call([None, given[0]])).each_array(arrays[1:])

"""A module of PyTorch as a part: its parameters and its input."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Part
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pytorch.module_part import module_part
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.pytorch.stand_in import Tensor, torch_for

W = np.linspace(-1.0, 1.0, 20).reshape(4, 5)


@pytest.fixture(autouse=True)
def with_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    torch_for(monkeypatch)


class Scale:
    """Multiplies four rows of five numbers, each entry by a weight."""

    shape = (4, 5)

    def __init__(self, input_size: int = 5, hidden_size: int = 3, output_size: int = 2) -> None:
        self.sizes = input_size, hidden_size, output_size

    def double(self) -> "Scale":
        return self

    def named_parameters(self) -> Any:
        return [("w", Tensor(W))]

    def called(self, parameters: Any, x: Any) -> Any:
        if x.shape != self.shape:
            raise ValueError(f"shape {x.shape} is not for me")
        return x * parameters["w"]


def part(kind: Any = Scale, **asked: Any) -> Part:
    return module_part(kind, "Net", Asked(**asked), caller())


def test_the_input_comes_first_then_the_parameters() -> None:
    found = part(sizes=(5, 3, 2))
    assert [(array.name, array.is_input) for array in found.arrays] == [("x", True), ("w", False)]
    np.testing.assert_array_equal(found.arrays[1].value, W)


def test_gradients_are_those_of_the_cost() -> None:
    found = part()
    x, w = found.values
    (reading,) = found.claims_at([x, w])
    moved = w.copy()
    moved[2, 3] += 1e-6
    slope = (found.cost.at([x, moved]) - found.cost.at([x, w])) / 1e-6
    assert reading.arrays[1][2, 3] == pytest.approx(slope, rel=1e-6)


def test_a_shape_that_was_given_is_used_alone() -> None:
    assert part(shapes={"x": (4, 5)}).arrays[0].value.shape == (4, 5)
    with pytest.raises(StudentError, match=r"ValueError: shape \(2, 2\) is not for me"):
        part(shapes={"x": (2, 2)})


def test_the_error_of_the_first_shape_is_told() -> None:
    class Images(Scale):
        shape = (1, 1)

    with pytest.raises(StudentError, match=r"shape \(4, 6\) is not for me"):
        part(Images)


def test_a_class_that_cannot_be_built_is_told() -> None:
    with pytest.raises(StudentError, match="temper, tone, tint have no known meaning"):
        part(lambda sizes, temper, tone, tint: None)

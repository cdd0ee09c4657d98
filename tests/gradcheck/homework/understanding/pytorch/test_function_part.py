"""A function of PyTorch as a part: shapes are tried for its inputs."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Part
from gradcheck.homework.student_code import StudentError, Unread
from gradcheck.homework.understanding.pytorch.function_part import function_part
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.pytorch.stand_in import Function, torch_for


@pytest.fixture(autouse=True)
def with_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    torch_for(monkeypatch)


class Product(Function):
    """Of rows and a weight for each of their entries."""

    @staticmethod
    def forward(ctx: Any, x: Any, gamma: Any) -> Any:  # noqa: ARG004
        assert x.shape == gamma.shape
        return x * gamma

    @staticmethod
    def slopes(x: Any, gamma: Any) -> Any:
        return gamma, x


class Square(Function):
    @staticmethod
    def forward(ctx: Any, x: Any, out: Any = None) -> Any:  # noqa: ARG004
        return x**2

    @staticmethod
    def slopes(x: Any) -> Any:
        return (2 * x,)


class Picky(Function):
    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:  # noqa: ARG004
        assert x.shape == (7, 2)
        return x

    @staticmethod
    def slopes(x: Any) -> Any:
        return (np.ones_like(x),)


def part(kind: Any, **shapes: tuple[int, ...]) -> Part:
    return function_part(kind, kind.__name__, Asked(shapes=shapes), caller())


def test_the_first_shapes_that_work_are_told() -> None:
    found = part(Square)
    assert [(array.name, array.value.shape) for array in found.arrays] == [("x", (4, 5))]
    assert found.findings[0].text == "Its inputs are x=4x5; --arrays gives others."
    (reading,) = found.claims_at(found.values)
    moved = [found.values[0] + 1e-7 * np.eye(4, 5)]
    slope = (found.cost.at(moved) - found.cost.at(found.values)) / 1e-7
    assert np.trace(reading.arrays[0]) == pytest.approx(slope, rel=1e-4)


def test_shapes_that_were_given_are_used_alone() -> None:
    found = part(Picky, x=(7, 2))
    assert (found.arrays[0].value.shape, found.findings) == ((7, 2), ())
    with pytest.raises(StudentError, match="forward of Picky raised AssertionError"):
        part(Picky, x=(7, 3))


def test_an_argument_that_is_not_there_is_told() -> None:
    with pytest.raises(Unread, match="There is no argument z; there are x"):
        part(Picky, z=(7, 2))


def test_a_function_that_takes_no_shape_that_is_tried_is_told() -> None:
    with pytest.raises(Unread, match=r"Picky takes \(x\), .* such as --arrays x=4x5. The first"):
        part(Picky)


def test_weights_have_shapes_by_their_name() -> None:
    shapes = {array.name: array.value.shape for array in part(Product).arrays}
    assert shapes == {"x": (4, 5), "gamma": (4, 5)}

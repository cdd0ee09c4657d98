"""A cost with ``fn(a, y)``, in a class or in an object, called for each example."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.cost_object import cost_of_object
from gradcheck.homework.understanding.student_cost import StudentCost
from nets.arrays import HostArray
from tests.gradcheck.homework.students import SIZES, Book, batch_of, student_of
from tests.gradcheck.homework.understanding.classes import OneExample, Rows

BATCH = batch_of(SIZES)
EXPECTED = float(
    np.sum((Book(SIZES).feedforward(BATCH.inputs) - BATCH.targets) ** 2) / 2 / BATCH.size
)


class Static:
    seen: tuple[int, ...] = ()

    @staticmethod
    def fn(a: HostArray, y: HostArray) -> Any:
        Static.seen = a.shape
        return np.sum((a - y) ** 2) / 2


class Method:
    def fn(self, a: HostArray, y: HostArray) -> Any:
        return np.sum((a - y) ** 2) / 2


def cost_with(own: Any, built: Any = Book) -> StudentCost:
    return cost_of_object(student_of(built(SIZES)), BATCH, "cost", own)


@pytest.mark.parametrize("own", [Static, Static(), Method, Method()])
def test_the_mean_over_the_mini_batch(own: Any) -> None:
    cost = cost_with(own)
    assert np.isclose(cost.value(), EXPECTED, rtol=1e-12)
    kind = "Static" if "Static" in repr(own) else "Method"
    assert cost.name == f"{kind}.fn"
    assert cost.findings[-1].text == (
        f"The cost is cost.fn(a, y) of {kind}, averaged over the mini-batch."
    )
    assert not cost.guessed


@pytest.mark.parametrize(
    ("built", "shape"), [(Book, (3, 1)), (OneExample, (3,)), (Rows, (1, 3))], ids=["a", "b", "c"]
)
def test_it_gets_examples_as_the_forward_pass_does(built: Any, shape: tuple[int, ...]) -> None:
    assert np.isclose(cost_with(Static, built).value(), EXPECTED, rtol=1e-12)
    assert Static.seen == shape


def test_what_it_raises_is_told() -> None:
    class Raises:
        def fn(self, a: HostArray, y: HostArray) -> Any:
            return a @ y

    for own in (Raises, Raises()):
        with pytest.raises(StudentError, match=r"Raises\.fn\(a, y\) raised ValueError: matmul"):
            cost_with(own)


def test_it_must_give_a_number() -> None:
    class Silent:
        def fn(self, a: HostArray, y: HostArray) -> None:
            return None

    with pytest.raises(StudentError, match=r"Silent\.fn\(a, y\) returned None; it should return"):
        cost_with(Silent())

"""Networks of a student's class, each the same."""

import random
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.student_network import NetworkBuilder
from tests.gradcheck.homework.students import SIZES, Book, builder_of, caller, student_of

pytestmark = pytest.mark.usefixtures("in_this_process")


class Draws(Book):
    """Its weights come from NumPy's and Python's own generators."""

    def __init__(self, sizes: Any) -> None:
        super().__init__(sizes)
        self.weights = [np.random.randn(*w.shape) for w in self.weights]  # noqa: NPY002
        self.biases = [b + random.random() for b in self.biases]


class DrawsUnseeded(Book):
    def __init__(self, sizes: Any) -> None:
        super().__init__(sizes)
        generator = np.random.default_rng()
        self.weights = [generator.standard_normal(w.shape) for w in self.weights]


class OneByOne(Book):
    def __init__(self, *sizes: int) -> None:
        super().__init__(sizes)


def test_the_same_seed_builds_the_same_network() -> None:
    one, two = (builder_of(Draws).build() for _ in range(2))
    assert all(map(np.array_equal, one.parameters.values(), two.parameters.values()))
    other = NetworkBuilder(Draws, "Draws", SIZES, 1, caller()).build()
    assert not np.array_equal(one.parameters.arrays[0], other.parameters.arrays[0])


def test_where_no_seed_helps_the_numbers_are_placed() -> None:
    first = builder_of(DrawsUnseeded).build()
    values = first.parameters.values()
    assert not np.array_equal(builder_of(DrawsUnseeded).build().parameters.arrays[0], values[0])
    builder = NetworkBuilder(DrawsUnseeded, "DrawsUnseeded", SIZES, 0, caller(), values)
    assert all(map(np.array_equal, builder.build().parameters.values(), values))


def test_sizes_may_be_separate_arguments() -> None:
    assert len(builder_of(OneByOne).build().parameters.arrays) == 6


def test_an_argument_without_a_meaning_is_told_if_none_does_not_work() -> None:
    def needs_a_number(sizes: object, temperament: float) -> object:
        return 1.0 + temperament

    network = NetworkBuilder(needs_a_number, "TwoArguments", SIZES, 0, caller())
    with pytest.raises(StudentError) as error:
        network.build()
    assert "TwoArguments([6, 4, 4, 3], temperament=None) raised TypeError" in error.value.line
    assert error.value.line.endswith("temperament has no known meaning, so it was given None")


def test_backprop_is_the_object_s_own() -> None:
    network = Book(SIZES)
    student = student_of(network)
    assert student.backprop == network.backprop
    assert student.class_name == "Book"


def test_a_class_without_backprop_is_told_its_methods() -> None:
    class Empty(Book):
        backprop = None  # type: ignore[assignment]

    with pytest.raises(StudentError) as error:
        _ = student_of(Empty(SIZES)).backprop
    assert error.value.line.startswith(
        "Empty has no method backprop; its methods are: feedforward. Add backprop(x, y)"
    )

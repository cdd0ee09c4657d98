"""Parameters are put into a student's object, whatever it has done to its own."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.find_parameters import find_parameters
from gradcheck.homework.understanding.parameters import Parameters
from nets.arrays import HostArray
from tests.gradcheck.homework.students import SIZES, Book, caller


@pytest.fixture
def parameters() -> Parameters:
    return find_parameters(Book(SIZES), SIZES, caller())


def test_what_is_placed_is_what_the_object_holds(parameters: Parameters) -> None:
    values = [value + 1.0 for value in parameters.values()]
    parameters.place(values)
    assert np.array_equal(parameters.network.weights[1], values[2])
    assert all(map(np.array_equal, parameters.current(), values))


def test_values_are_copies(parameters: Parameters) -> None:
    parameters.values()[0][0, 0] = 99.0
    assert parameters.network.weights[0][0, 0] != 99.0


def test_numbers_are_placed_into_the_same_arrays(parameters: Parameters) -> None:
    """A class may use them under another name, too."""
    other_name = parameters.network.weights[0]
    parameters.place([value + 1.0 for value in parameters.values()])
    assert parameters.network.weights[0] is other_name


def test_arrays_that_the_class_replaced_are_replaced_again(parameters: Parameters) -> None:
    values = parameters.values()
    parameters.network.weights = [w - 1.0 for w in parameters.network.weights]
    assert not np.array_equal(parameters.current()[0], values[0])
    parameters.place(values)
    assert all(map(np.array_equal, parameters.current(), values))


def test_complex_numbers_for_the_complex_step_and_back(parameters: Parameters) -> None:
    values = parameters.values()
    parameters.place([values[0] + 1e-20j, *values[1:]])
    assert parameters.network.weights[0].dtype == complex
    parameters.place(values)
    assert parameters.network.weights[0].dtype == float


def test_a_matrix_stays_a_matrix() -> None:
    class Kind(np.ndarray[Any, Any]):
        """A subclass of an array, as a matrix is."""

    def kind(array: HostArray) -> Any:
        return array.view(Kind)

    network = Book(SIZES)
    network.weights = [kind(w) for w in network.weights]
    parameters = find_parameters(network, SIZES, caller())
    values = parameters.values()
    parameters.place([value + 1e-20j for value in values])
    assert isinstance(network.weights[0], Kind)
    parameters.place(values)
    assert isinstance(network.weights[0], Kind)


def test_lists_that_cannot_be_assigned_are_told() -> None:
    class Fixed(Book):
        @property
        def weights(self) -> Any:
            return [np.zeros((n, m)) for m, n in pairwise(SIZES)]

        @weights.setter
        def weights(self, value: Any) -> None:
            if hasattr(self, "biases"):
                raise AttributeError("read-only")

    with pytest.raises(StudentError, match=r"weights cannot be assigned \(read-only\); make it an"):
        find_parameters(Fixed(SIZES), SIZES, caller())

"""Weights and biases are found in whatever a student keeps them in."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.find_parameters import find_parameters
from gradcheck.homework.understanding.parameters import Parameters
from tests.gradcheck.homework.students import SIZES, Book, caller


def found(change: Callable[[Any], object]) -> Parameters:
    """The parameters of a right network, after a change."""
    network = Book(SIZES)
    change(network)
    return find_parameters(network, SIZES, caller())


def setting(**attributes: Any) -> Callable[[Any], object]:
    return lambda network: vars(network).update(attributes)


def test_the_book_s_arrays_are_found_without_a_word() -> None:
    network = Book(SIZES)
    parameters = find_parameters(network, SIZES, caller())
    assert [slot.shape for slot in parameters.slots] == [
        *((4, 6), (4, 1)),
        *((4, 4), (4, 1)),
        *((3, 4), (3, 1)),
    ]
    assert parameters.arrays[2] is network.weights[1]
    assert parameters.findings == ()


def test_transposes_flat_arrays_and_rows_are_understood() -> None:
    def change(network: Any) -> None:
        network.weights = [w.T for w in network.weights]
        network.biases = [b.ravel() for b in network.biases]

    parameters = found(change)
    assert [each.text for each in parameters.findings] == [
        "The weights are stored as (n_up, n_down), the transpose of the book's.",
        "The biases are stored as flat arrays (n,).",
    ]
    rows = found(lambda network: setting(biases=[b.T for b in network.biases])(network))
    assert rows.findings[0].text == "The biases are stored as rows (1, n)."


def test_other_dtypes_become_float64_and_are_told() -> None:
    def change(network: Any) -> None:
        network.weights = [w.astype(np.float32) for w in network.weights]
        network.biases[2] = network.biases[2].tolist()

    parameters = found(change)
    assert {array.dtype for array in parameters.arrays} == {np.dtype("float64")}
    assert [(each.kind, each.text.partition(". ")[0]) for each in parameters.findings] == [
        ("oddity", "The weights of layer 1, 2, 3 are float32"),
        ("oddity", "The biases of layer 3 are lists of numbers"),
    ]


def test_two_names_of_one_array_become_two_arrays() -> None:
    def change(network: Any) -> None:
        network.biases = [np.zeros((4, 1))] * 2 + [np.zeros((3, 1))]

    parameters = found(change)
    assert not np.may_share_memory(parameters.arrays[1], parameters.arrays[3])


@pytest.mark.parametrize("placeholder", [None, 0, []])
def test_a_list_may_begin_with_nothing(placeholder: Any) -> None:
    parameters = found(lambda network: setting(weights=[placeholder, *network.weights])(network))
    assert parameters.network.weights[0] is placeholder
    assert parameters.network.weights[1] is parameters.arrays[0]


def test_a_list_that_begins_with_a_number_is_too_long() -> None:
    with pytest.raises(StudentError, match="has 4 entries; it should be a list of 3 arrays"):
        found(lambda network: setting(weights=[7.0, *network.weights])(network))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda network: delattr(network, "biases"),
            "Book has no attribute biases; it has weights",
        ),
        (setting(weights={}), "Book.weights is of type dict; it should be a list of 3 arrays"),
        (setting(weights=[]), "Book.weights has 0 entries; it should be a list of 3 arrays"),
        (
            setting(biases=[np.zeros((4, 1)), np.zeros((5, 1)), np.zeros((3, 1))]),
            "For the biases of layer 2 the class holds shape (5, 1); it should be (4, 1) or (4,)",
        ),
        (
            setting(biases=[np.zeros((4, 1)), np.full((4, 1), np.inf), np.zeros((3, 1))]),
            "Found NaN or infinity in the biases of layer 2; use finite numbers",
        ),
        (setting(weights=["a", "b", "c"]), "Found dtype <U1 in the weights of layer 1"),
    ],
)
def test_what_is_no_parameter(change: Callable[[Any], object], words: str) -> None:
    with pytest.raises(StudentError) as error:
        found(change)
    assert words in error.value.line


def test_a_property_that_raises_is_told() -> None:
    class Raises(Book):
        @property
        def biases(self) -> Any:
            raise ValueError("not yet")

        @biases.setter
        def biases(self, value: Any) -> None:
            pass

    with pytest.raises(StudentError, match=r"reading Raises\.biases raised ValueError: not yet"):
        find_parameters(Raises(SIZES), SIZES, caller())

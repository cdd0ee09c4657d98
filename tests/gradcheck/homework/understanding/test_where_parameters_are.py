"""Where a network keeps its weights and its biases."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.where_parameters_are import store_of
from tests.gradcheck.homework.students import caller

ONE, TWO = np.ones((2, 3)), np.zeros((3, 2))


@pytest.mark.parametrize(
    "own",
    [
        SimpleNamespace(weights=[ONE, TWO]),
        SimpleNamespace(W=[ONE, TWO]),
        SimpleNamespace(W2=TWO, W1=ONE, b1=3),
        SimpleNamespace(params={"b1": 3, "W2": TWO, "W1": ONE}),
    ],
)
def test_lists_attributes_and_dicts(own: Any) -> None:
    found = store_of(own, "weights", 2, caller()).read()
    assert found[0] is ONE
    assert found[1] is TWO


def test_what_is_there_instead_is_told() -> None:
    own = SimpleNamespace(kernels=[ONE])
    with pytest.raises(StudentError, match=r"has no attribute weights; it has kernels\. Add"):
        store_of(own, "weights", 2, caller())


def test_another_number_of_arrays_is_refused() -> None:
    with pytest.raises(StudentError, match="list of 2 arrays"):
        store_of(SimpleNamespace(weights=[ONE]), "weights", 2, caller())

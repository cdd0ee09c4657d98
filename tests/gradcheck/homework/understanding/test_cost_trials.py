"""A cost that ignores the parameters, or changes by itself, is refused before the check."""

from itertools import count
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.cost_trials import (
    expect_cost_of_parameters,
    seconds_of_cost,
)
from gradcheck.homework.understanding.student_cost import StudentCost
from gradcheck.homework.understanding.student_network import StudentNetwork
from tests.gradcheck.homework.students import SIZES, Book, student_of


@pytest.fixture
def student() -> StudentNetwork:
    return student_of(Book(SIZES))


def of_weights(student: StudentNetwork) -> StudentCost:
    return StudentCost("right", lambda: float(np.sum(student.own.weights[0] ** 2)), 1)


def test_a_cost_of_the_parameters_passes_and_leaves_them(student: StudentNetwork) -> None:
    before = student.parameters.values()
    expect_cost_of_parameters(student, of_weights(student))
    assert seconds_of_cost(student, of_weights(student)) >= 0.0
    assert all(map(np.array_equal, student.parameters.current(), before))


def test_a_cost_that_never_changes_is_refused(student: StudentNetwork) -> None:
    with pytest.raises(StudentError, match=r"The cost is 0\.5 for any weights and biases"):
        expect_cost_of_parameters(student, StudentCost("fixed", lambda: 0.5, 1))


def test_a_cost_that_fails_elsewhere_depends_on_the_parameters(student: StudentNetwork) -> None:
    first = float(student.own.weights[0][0, 0])

    def evaluate() -> Any:
        if student.own.weights[0][0, 0] != first:
            raise StudentError("the output is not between 0 and 1")
        return 0.5

    expect_cost_of_parameters(student, StudentCost("fragile", evaluate, 1))
    assert student.own.weights[0][0, 0] == first


def test_a_cost_that_changes_by_itself_is_refused(student: StudentNetwork) -> None:
    numbers = count()
    with pytest.raises(StudentError, match="The cost was 0 and then 1 for the same parameters"):
        seconds_of_cost(student, StudentCost("counting", lambda: next(numbers), 1))


def test_nan_each_time_is_the_same_each_time(student: StudentNetwork) -> None:
    """That it is no number is told where the check begins."""
    assert seconds_of_cost(student, StudentCost("nan", lambda: float("nan"), 1)) >= 0.0

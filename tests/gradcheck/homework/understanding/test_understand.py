"""A class is understood as a whole: its arrays, its gradients and its cost."""

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.understand import UnderstoodClass, understand_class
from tests.gradcheck.homework.students import FOLDER, SIZES, batch_of, caller

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.fixture
def student_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The submissions import each other."""
    monkeypatch.syspath_prepend(str(FOLDER))


def understood(file: str, name: str, cost: str | None = None) -> UnderstoodClass:
    return understand_class(caller(FOLDER / file), name, SIZES, 0, batch_of(SIZES), cost)


def test_the_facts_about_the_book_s_class() -> None:
    found = understood("book.py", "Network")
    facts = found.facts
    assert [value.shape for value in facts.values] == [
        *((4, 6), (4, 1)),
        *((4, 4), (4, 1)),
        *((3, 4), (3, 1)),
    ]
    assert facts.gradients[0].reading == "biases first, then weights"
    assert facts.again is None
    assert (facts.sums, facts.rounded, facts.guessed) == ((), False, True)
    assert (facts.cost, facts.passes) == ("quadratic", 1)
    assert set(facts.seconds) == {"cost", "backprop"}
    assert len(facts.findings) == 3
    assert all(map(np.array_equal, found.student.parameters.current(), facts.values))


def test_the_gradients_are_slopes_of_the_cost() -> None:
    found = understood("book.py", "Network")
    parameters, values = found.student.parameters, found.facts.values
    changes = []
    for step in (1e-6, -1e-6):
        moved = [value.copy() for value in values]
        moved[0][1, 2] += step
        parameters.place(moved)
        changes.append(found.cost.value())
    slope = (changes[0] - changes[1]) / 2e-6
    assert np.isclose(found.facts.gradients[0].arrays[0][1, 2], slope, rtol=1e-6)


@pytest.mark.usefixtures("student_modules")
def test_other_facts() -> None:
    assert understood("matrix.py", "Summed").facts.sums == (False, True)
    assert understood("matrix.py", "OwnCost").facts.sums == (False,)
    assert understood("matrix.py", "SummedCost").facts.sums == (True,)
    assert understood("odd.py", "ReturnsFloat32").facts.rounded
    assert understood("wrong.py", "KeepsState").facts.again is not None
    second = understood("second_program.py", "Network").facts
    assert (second.cost, second.guessed) == ("CrossEntropyCost.fn", False)


def test_another_cost_of_the_same_class() -> None:
    found = understood("book.py", "Network", "fused-sigmoid-cross-entropy")
    assert found.facts.cost == "fused-sigmoid-cross-entropy"
    assert found.other_cost("quadratic").value() == understood("book.py", "Network").cost.value()


@pytest.mark.usefixtures("student_modules")
def test_what_cannot_be_understood_is_told() -> None:
    with pytest.raises(StudentError, match="for any weights and biases"):
        understood("broken.py", "ComputesWithCopies")


@pytest.mark.usefixtures("student_modules")
def test_gradients_of_zero_need_no_cost_that_moves() -> None:
    assert not any(
        np.any(each) for each in understood("wrong.py", "AllZero").facts.gradients[0].arrays
    )

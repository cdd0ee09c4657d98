"""Which cost a class means: its own, or one that it names, or the book's."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.cost import cost_named, cost_of
from gradcheck.homework.understanding.forms import COLUMN
from gradcheck.homework.understanding.student_cost import StudentCost
from tests.gradcheck.homework.students import SIZES, Book, batch_of, student_of

BATCH = batch_of(SIZES)
OUTPUT = Book(SIZES).feedforward(BATCH.inputs)
QUADRATIC = float(np.sum((OUTPUT - BATCH.targets) ** 2)) / 2 / BATCH.size


def cost_with(**attributes: Any) -> StudentCost:
    network = Book(SIZES)
    vars(network).update(attributes)
    return cost_of(student_of(network), BATCH, COLUMN)


def last_text(cost: StudentCost) -> str:
    return cost.findings[-1].text


def test_without_a_word_it_is_the_book_s_quadratic_cost() -> None:
    cost = cost_with()
    assert (cost.name, cost.guessed, cost.passes) == ("quadratic", True, 1)
    assert cost.sums == (False, True)
    assert np.isclose(cost.value(), QUADRATIC, rtol=1e-12)
    assert last_text(cost).endswith("averaged over the mini-batch (the class names none).")
    derivative = cost_with(cost_derivative=lambda a, y: a - y)
    assert last_text(derivative).endswith("(the class has cost_derivative but no cost).")


def test_a_word_names_the_cost() -> None:
    cost = cost_with(loss="categorical_crossentropy")
    assert (cost.name, cost.guessed) == ("fused-softmax-cross-entropy", True)
    assert last_text(cost).endswith("(loss = 'categorical_crossentropy').")


def test_a_method_and_an_object_are_not_guessed() -> None:
    method = cost_with(cost=lambda a, y: np.sum((a - y) ** 2))
    assert (method.name, method.guessed) == ("cost(a, y)", False)

    class Quadratic:
        @staticmethod
        def fn(a: Any, y: Any) -> Any:
            return np.sum((a - y) ** 2) / 2

    of_object = cost_with(cost=Quadratic)
    assert (of_object.name, of_object.guessed) == ("Quadratic.fn", False)
    assert np.isclose(of_object.value(), QUADRATIC, rtol=1e-12)


@pytest.mark.parametrize("attribute", [7, "hinge"])
def test_what_is_no_cost_is_not_used_and_that_is_told(attribute: Any) -> None:
    cost = cost_with(cost=attribute, loss="mse")
    assert cost.findings[0].kind == "oddity"
    assert (
        cost.findings[0].text == f"cost = {attribute!r} is not a cost function, so it was not used."
    )
    assert cost.name == "quadratic"
    assert last_text(cost).endswith("(loss = 'mse').")


def test_a_cost_by_name_overrides_what_the_class_says() -> None:
    student = student_of(Book(SIZES))
    cost = cost_named(student, BATCH, "fused-softmax-cross-entropy", "given by --cost")
    assert not cost.guessed
    expected = -np.sum(BATCH.targets * np.log(OUTPUT)) / BATCH.size
    assert np.isclose(cost.value(), expected, rtol=1e-12)
    assert last_text(cost).endswith("(given by --cost).")


def test_without_a_forward_pass_there_is_no_cost() -> None:
    with pytest.raises(StudentError, match="has no method feedforward"):
        cost_with(feedforward=None)


def test_the_cost_follows_the_parameters() -> None:
    student = student_of(Book(SIZES))
    cost = cost_of(student, BATCH, COLUMN)
    before = cost.value()
    student.parameters.place([value + 0.1 for value in student.parameters.values()])
    assert cost.value() != before

"""A cost that is a method: its arguments, its form and its scale are found out by trying."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.cost_method import cost_of_method
from gradcheck.homework.understanding.forms import COLUMN, WHOLE, Form
from gradcheck.homework.understanding.student_cost import StudentCost
from nets.arrays import HostArray
from tests.gradcheck.homework.students import SIZES, Book, batch_of, student_of

BATCH = batch_of(SIZES)
NETWORK = Book(SIZES)
OUTPUT = NETWORK.feedforward(BATCH.inputs)
MEAN = float(np.sum((OUTPUT - BATCH.targets) ** 2)) / BATCH.size


def cost_with(own: Callable[..., Any], form: Form = WHOLE, *, batch: int = 5) -> StudentCost:
    return cost_of_method(student_of(Book(SIZES)), batch_of(SIZES, batch), "cost", own, form)


def text(cost: StudentCost) -> str:
    return cost.findings[-1].text


def summed(a: HostArray, y: HostArray) -> Any:
    return np.sum((a - y) ** 2)


def averaged(a: HostArray, y: HostArray) -> Any:
    return np.sum((a - y) ** 2) / a.shape[1]


def neither(a: HostArray, y: HostArray) -> Any:
    return np.sum((a - y) ** 2) + 0.3


def of_inputs(x: HostArray, y: HostArray) -> Any:
    return averaged(NETWORK.feedforward(x), y)


def targets_first(y_true: HostArray, y_pred: HostArray) -> Any:
    return averaged(y_pred, y_true) * (1 + y_true.sum())


def y_before_a(y: HostArray, a: HostArray) -> Any:
    return targets_first(y, a)


def one_column(a: HostArray, y: HostArray) -> Any:
    assert a.shape == (3, 1)
    return summed(a, y)


@pytest.mark.parametrize(
    ("own", "name", "expected", "words"),
    [
        (averaged, "cost(a, y)", MEAN, "and is the mean over its examples."),
        (
            summed,
            "cost(a, y)",
            MEAN,
            "and adds up its examples, so it was divided by their number.",
        ),
        (
            neither,
            "cost(a, y)",
            5 * MEAN + 0.3,
            "is neither the sum nor the mean over its examples",
        ),
        (of_inputs, "cost(x, y)", MEAN, "and is the mean over its examples."),
        (one_column, "cost(a, y)", MEAN, "and its values were averaged over the mini-batch."),
    ],
    ids=["mean", "sum", "neither", "inputs", "one column"],
)
def test_how_it_is_called_and_scaled(
    own: Callable[..., Any], name: str, expected: float, words: str
) -> None:
    cost = cost_with(own)
    assert cost.name == name
    assert np.isclose(cost.value(), expected, rtol=1e-12)
    assert words in text(cost)
    sums = {averaged: (False,), of_inputs: (False,), summed: (True,), neither: ()}
    assert cost.sums == sums.get(own, (False, True))


@pytest.mark.parametrize("own", [targets_first, y_before_a])
def test_targets_may_come_first_by_their_name(own: Callable[..., Any]) -> None:
    cost = cost_with(own)
    assert cost.name == "cost(y, a)"
    # With the arguments swapped the factor would be another one.
    assert np.isclose(cost.value(), MEAN * (1 + BATCH.targets.sum()), rtol=1e-12)


def test_the_form_of_backprop_is_tried_first() -> None:
    assert "one example at a time, as a column vector" in text(cost_with(summed, COLUMN))
    assert "a whole mini-batch, an example in each column" in text(cost_with(summed, WHOLE))


def test_of_a_single_example_sum_and_mean_are_the_same() -> None:
    assert cost_with(summed, batch=1).sums == (False, True)


def test_a_cost_of_the_mini_batch_only_is_used_as_it_is() -> None:
    def all_five(a: HostArray, y: HostArray) -> Any:
        assert a.shape == (3, 5)
        return summed(a, y)

    cost = cost_with(all_five)
    assert cost.sums == ()
    assert text(cost).endswith("and its value was used as it is.")
    assert np.isclose(cost.value(), 5 * MEAN, rtol=1e-12)


def test_what_works_in_no_way_is_told_with_the_first_error() -> None:
    def raises(a: HostArray, y: HostArray) -> Any:
        raise RuntimeError("not yet written")

    with pytest.raises(StudentError) as error:
        cost_with(raises)
    assert error.value.line == (
        "cost(a, y) raised RuntimeError: not yet written; mend it, or use --cost to name another "
        "cost"
    )

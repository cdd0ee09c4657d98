"""A cost must depend on the arrays, and on nothing that changes."""

import numpy as np
import pytest

from gradcheck.homework.cost_trials import expect_cost_of_arrays, seconds_of_cost
from gradcheck.homework.student_code import StudentError
from tests.gradcheck.homework.parts import W, part_of
from tests.gradcheck.homework.students import caller


def test_a_right_cost_is_timed() -> None:
    cost = part_of().cost
    expect_cost_of_arrays(cost, [W])
    assert seconds_of_cost(cost, [W], caller()) >= 0.0


def test_a_cost_of_other_arrays_is_refused() -> None:
    with pytest.raises(StudentError, match="The cost is 3 for any weights and biases"):
        expect_cost_of_arrays(part_of(lambda w: 3.0).cost, [W])


def test_a_cost_that_changes_is_refused() -> None:
    generator = np.random.default_rng(0)
    cost = part_of(lambda w: float(generator.random())).cost
    with pytest.raises(StudentError, match="for the same parameters; it should be the same"):
        seconds_of_cost(cost, [W], caller())

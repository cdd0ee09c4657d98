"""Costs that are made with the operators of an engine."""

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.made_costs import made_costs
from tests.gradcheck.homework.students import batch_of
from tests.gradcheck.homework.understanding.tape.engines import Tensor, Twice, engine_for

SIZES = (3, 3)


def test_a_made_cost_is_computed_by_the_operators() -> None:
    engine, batch = engine_for(Tensor), batch_of(SIZES)
    sums = [
        each for each in made_costs(Twice(), engine, {}, batch) if "of the outputs" in each.text
    ]
    found = sums[0].node()
    np.testing.assert_allclose(engine.value(found), 2.0 * batch.inputs.T)
    assert sums[0].batch_size == batch.size


def test_outputs_in_another_shape_than_the_targets_are_refused() -> None:
    engine, batch = engine_for(Tensor), batch_of((3, 2))
    with pytest.raises(StudentError, match=r"returned shape \(5, 3\) for targets \(5, 2\)"):
        next(iter(made_costs(Twice(), engine, {}, batch))).node()

"""A network on a tape engine as a part."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.cost import TapeCost
from gradcheck.homework.understanding.tape.parameters import TapeParameters, in_groups
from gradcheck.homework.understanding.tape.whole import TapeWhole
from tests.gradcheck.homework.understanding.tape.engines import Tensor, engine_for

W = np.array([1.0, -2.0, 3.0])


def whole(make: Any) -> TapeWhole:
    engine, node = engine_for(Tensor), Tensor(W)
    parameters = TapeParameters(engine, in_groups(engine, [("w", node)]))
    return TapeWhole("Net", parameters, TapeCost("w * w", "w * w", lambda: make(node), 3))


def test_the_cost_is_the_sum_of_its_entries_and_its_gradient_that_of_the_engine() -> None:
    part = whole(lambda w: w * w).part()
    assert part.cost.at([W]) == np.sum(W**2)
    np.testing.assert_array_equal(part.claims_at([W])[0].arrays[0], 2 * W)
    # A second call begins with gradients of 0.
    np.testing.assert_array_equal(part.claims_at([W])[0].arrays[0], 2 * W)
    assert part.batch_size == 3


def test_a_cost_that_is_no_node_is_refused() -> None:
    part = whole(lambda w: 3.0).part()
    with pytest.raises(StudentError, match="object of type float; it should return a Tensor"):
        part.cost.at([W])

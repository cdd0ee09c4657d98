"""Values of a part are split into the input and the parameters."""

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.on_trial import Passed
from tests.gradcheck.homework.understanding.layers.dense import Dense, X
from tests.gradcheck.homework.understanding.layers.test_claims import understood


def test_values_are_split_into_the_input_and_all_parameters() -> None:
    layer = understood(Dense())
    x, parameters = layer.split([X + 1.0, layer.values[0], np.zeros(4)])
    np.testing.assert_array_equal(x, X + 1.0)
    np.testing.assert_array_equal(parameters[1], np.zeros(4))
    assert layer.has_input
    assert layer.checked == [0, 1]


def test_a_gradient_that_is_missing_later_is_an_error() -> None:
    layer = understood(Dense())
    with pytest.raises(StudentError, match="left fewer gradients than before"):
        layer.claims_of(Passed(None, None, [None, None]))

"""The output and the gradient of the input, returned or left behind."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.returned import input_gradient, output_and_cache

OUT = np.ones((3, 4))


@pytest.mark.parametrize(
    ("returned", "cache"),
    [(OUT, None), ((OUT, "cache"), "cache"), ((OUT, 1, 2), (1, 2)), ([OUT], None)],
)
def test_an_output_and_a_cache(returned: Any, cache: Any) -> None:
    found = output_and_cache(SimpleNamespace(), returned)
    assert found[0] is OUT
    assert found[1] == cache


def test_an_output_that_is_left_in_an_attribute() -> None:
    assert output_and_cache(SimpleNamespace(output=OUT), None)[0] is OUT
    assert output_and_cache(SimpleNamespace(other=OUT), None)[0] is None


def test_a_gradient_is_returned_first_or_left_in_an_attribute() -> None:
    own = SimpleNamespace(dinputs=OUT)
    found = input_gradient(SimpleNamespace(), (OUT, np.ones(4)), (3, 4), "backward")
    np.testing.assert_array_equal(found, OUT)
    assert input_gradient(own, None, (3, 4), "backward") is OUT
    assert input_gradient(own, None, (3, 5), "backward") is None


def test_a_gradient_of_another_shape_is_refused_but_axes_of_length_1_do_not_count() -> None:
    assert input_gradient(None, OUT[None], (3, 4), "backward").shape == (3, 4)
    with pytest.raises(StudentError, match=r"D.backward returned shape \(3, 4\); it should be"):
        input_gradient(None, OUT, (4, 3), "D.backward")

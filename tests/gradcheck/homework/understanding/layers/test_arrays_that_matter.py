"""Only the arrays that the output depends on are parameters."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.arrays_that_matter import arrays_that_matter
from tests.gradcheck.homework.understanding.layers.dense import Dense, X, calls_of


def matter(own: Any) -> list[str]:
    calls = calls_of(own)
    after = calls.fresh()
    calls.forward(after, X)
    return [each.name for each in arrays_that_matter(after, calls, X)]


def test_an_unused_array_and_the_saved_input_do_not_matter() -> None:
    assert matter(Dense()) == ["w", "b"]


def test_arrays_behind_weights_of_zero_matter_too() -> None:
    own = Dense()
    own.w[:] = 0.0
    assert matter(own) == ["w", "b"]


def test_an_output_that_does_not_depend_on_the_input_is_refused() -> None:
    class Constant(Dense):
        def forward(self, x: Any) -> Any:
            return np.ones((len(x), 4)) + self.b

    with pytest.raises(StudentError, match="output of Constant does not depend on an input"):
        matter(Constant())

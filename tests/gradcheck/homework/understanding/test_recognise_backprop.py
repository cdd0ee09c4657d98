"""The form in which backprop takes its examples is found out by trying."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.forms import COLUMN, FLAT, ROWS, WHOLE
from gradcheck.homework.understanding.recognise_backprop import recognise_backprop
from nets.arrays import HostArray
from tests.gradcheck.homework.students import SIZES, Book, batch_of, builder_of
from tests.gradcheck.homework.understanding.classes import (
    Counted,
    LeftPerExample,
    OneExample,
    Rows,
    Summed,
)

pytestmark = pytest.mark.usefixtures("in_this_process")

FORMS = {
    Book: COLUMN,
    OneExample: FLAT,
    Summed: WHOLE,
    Counted: WHOLE,
    LeftPerExample: WHOLE,
    Rows: ROWS,
}


@pytest.mark.parametrize("built", FORMS, ids=lambda built: built.__name__)
@given(
    sizes=st.lists(st.integers(2, 5), min_size=2, max_size=4),
    batch=st.integers(2, 5),
)
# This list replaces that of tests/conftest.py: on a busy machine drawing is slow.
@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_form_is_found_for_any_sizes(built: Any, sizes: list[int], batch: int) -> None:
    found = recognise_backprop(builder_of(built, sizes), batch_of(sizes, batch))
    assert found.form is FORMS[built]
    assert found.counted is (built is Counted)
    assert found.readings[0].order.name == "biases first, then weights"


def error_of(built: Any) -> str:
    with pytest.raises(StudentError) as error:
        recognise_backprop(builder_of(built), batch_of(SIZES))
    return error.value.line


def test_arguments_that_have_no_meaning() -> None:
    class OneArgument(Book):
        def backprop(self, data: Any) -> Any:  # type: ignore[override]
            return None

    class Rate(Book):
        def backprop(self, x: Any, y: Any, rate: float) -> Any:  # type: ignore[override]
            return None

    assert error_of(OneArgument) == (
        "backprop takes (data); it should be backprop(x, y) or backprop(x, y, batch_size)"
    )
    assert "(x, y, rate), and rate has no known meaning; it should be" in error_of(Rate)


def test_the_shape_told_is_that_of_one_example() -> None:
    """Of a whole mini-batch it would be one that the student never sees."""

    class WrongBiases(Book):
        def backprop(self, x: HostArray, y: HostArray) -> Any:
            nabla_b, nabla_w = super().backprop(x, y)
            return [*nabla_b[:-1], np.vstack([nabla_b[-1]] * 2)], nabla_w

    assert error_of(WrongBiases) == (
        "For the biases of layer 3 backprop returned shape (6, 1); it should be (3, 1)"
    )


def test_the_error_of_the_book_s_form_is_told_if_all_forms_raise() -> None:
    class Raises(Book):
        def backprop(self, x: HostArray, y: HostArray) -> Any:
            raise ValueError(f"x has shape {x.shape}")

    assert error_of(Raises) == "backprop(x, y) raised ValueError: x has shape (6, 1)"


def test_no_attempt_leaves_its_traces_in_the_next() -> None:
    class Once(Rows):
        """Works once, and after an error never again."""

        broken = False

        def backprop(self, x: HostArray, y: HostArray) -> Any:
            assert not self.broken
            self.broken = True
            return super().backprop(x, y)

    assert recognise_backprop(builder_of(Once), batch_of(SIZES)).form is ROWS

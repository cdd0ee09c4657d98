"""What the arguments of a function mean in a form, and what they receive."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pairs.argument_roles import (
    given_arguments,
    role_in,
    without_values,
)
from gradcheck.homework.understanding.pairs.drawn_values import labels, real
from gradcheck.homework.understanding.pairs.layer_shapes import form

DENSE = form(x=real(4, 6), w=real(6, 5), b=real(5))


def given(function: Any, of: Any = DENSE) -> dict[str, Any]:
    return given_arguments(function, of, np.random.default_rng(0))


def test_names_tell_roles() -> None:
    names = ("A_prev", "W1", "bias", "quirk")
    assert [role_in(name, DENSE) for name in names] == ["x", "w", "b", None]
    assert role_in("labels", form(x=real(4, 3), y=labels(3, 4))) == "y"


def test_arguments_receive_arrays_of_their_roles() -> None:
    found = given(lambda A, weights, b: None)  # noqa: N803 (as students write it)
    assert {name: value.shape for name, value in found.items()} == {
        "A": (4, 6),
        "weights": (6, 5),
        "b": (5,),
    }


def test_a_dict_of_settings_receives_its_entries() -> None:
    found = given(lambda x, conv_param: None, form({"stride": 1, "pad": 0}, x=real(2, 3, 4, 6)))
    assert found["conv_param"]["stride"] == 1


def test_another_number_of_arrays_does_not_fit() -> None:
    with pytest.raises(StudentError):
        given(lambda x, w, b, gamma, beta: None)
    assert without_values(lambda x, w, stride: None) == ["x", "w"]

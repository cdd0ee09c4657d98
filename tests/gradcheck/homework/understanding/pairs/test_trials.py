"""Forms are tried until forward and backward work."""

from typing import Any

import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pairs.trials import NotDone
from tests.gradcheck.homework.understanding.pairs.functions import (
    affine_backward,
    affine_forward,
    trials_of,
)


def test_the_first_form_that_works() -> None:
    trial = trials_of(affine_forward, affine_backward)[0]
    assert {name: value.shape for name, value in trial.calls.arrays.items()} == {
        "x": (4, 6),
        "w": (6, 5),
        "b": (5,),
    }
    assert set(trial.places.keys) == {"x", "w", "b"}
    assert trial.reshaped == ()


def test_a_function_that_is_not_written_yet_is_told_apart() -> None:
    def affine_backward(dout: Any, cache: Any) -> Any:
        raise NotImplementedError

    with pytest.raises(NotDone, match="affine_backward raised NotImplementedError"):
        trials_of(affine_forward, affine_backward)


def test_what_backward_raises_is_told() -> None:
    def affine_backward(dout: Any, cache: Any) -> Any:
        raise RuntimeError("no idea")

    with pytest.raises(StudentError, match="RuntimeError: no idea"):
        trials_of(affine_forward, affine_backward)

"""Which returned gradient belongs to which array."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pairs.gradient_places import NothingReturned, places_of

SHAPES: dict[str, tuple[int, ...]] = {"x": (4, 6), "W": (6, 5), "b": (5,)}
DX, DW, DB = np.full((4, 6), 1.0), np.full((6, 5), 2.0), np.full(5, 3.0)
RIGHT = {"x": 1.0, "W": 2.0, "b": 3.0}


def found_in(result: Any, *names: str | None) -> dict[str, float]:
    places = places_of(result, SHAPES, names, "affine_backward")
    return {name: float(array.flat[0]) for name, array in places.taken(result).items()}


@pytest.mark.parametrize(
    ("result", "names"),
    [
        ((DX, DW, DB), ()),
        ((DX, DW, DB), ("dx", "dW", "db")),
        ([DW, DB, DX], ("dw", "grad_b", "d_x")),
        ({"dW": DW, "db": DB, "dx": DX}, ()),
        ({"b": DB, "W": DW, "x": DX}, ()),
        ((DX, DW, DB.reshape(1, 5)), ()),
    ],
)
def test_all_are_found(result: Any, names: tuple[str, ...]) -> None:
    assert found_in(result, *names) == RIGHT


def test_fewer_are_told_by_their_shapes() -> None:
    assert found_in((DB, DW)) == {"b": 3.0, "W": 2.0}
    assert found_in(DW) == {"W": 2.0}


def test_names_with_prev() -> None:
    shapes = {"A": (6, 4), "A2": (6, 4)}
    places = places_of((DX.T, 2 * DX.T), shapes, ("dA2", "dA_prev"), "f")
    assert places.keys == {"A": 1, "A2": 0}


def test_what_is_not_clear_or_does_not_fit_is_told() -> None:
    with pytest.raises(StudentError, match="returned 4 arrays, of shapes"):
        found_in((DX, DX, DW, DB))
    with pytest.raises(StudentError, match=r"For W affine_backward returned shape \(5, 6\); it"):
        found_in((DX, DW.T, DB))
    with pytest.raises(NothingReturned):
        found_in((None, None, None))
    with pytest.raises(NothingReturned):
        found_in(None)


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (("y_true", "y_pred"), "y_pred"),
        (("y_pred", "y_true"), "y_pred"),
        (("y", "a"), "a"),
        (("y", "t"), "y"),
        (("t", "y"), "y"),
        (("labels", "scores"), "scores"),
        (("x", "w"), "x"),
    ],
)
def test_the_gradient_of_a_loss_is_that_of_its_prediction(
    names: tuple[str, str], wanted: str
) -> None:
    places = places_of(np.ones((4, 6)), dict.fromkeys(names, (4, 6)), (), "loss_prime")
    assert list(places.keys) == [wanted]

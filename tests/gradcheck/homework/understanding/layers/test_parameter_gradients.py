"""Gradients of parameters: held, returned, or seen in an update."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.layers.arrays_inside import arrays_in_object
from gradcheck.homework.understanding.layers.parameter_gradients import (
    OutOfShape,
    parameter_gradient,
    returned_gradients,
)
from gradcheck.homework.understanding.layers.sizes import LEARNING_RATE
from tests.gradcheck.homework.understanding.layers.dense import Dense, calls_of

GRADIENT = np.random.default_rng(1).standard_normal((5, 4))


class Updating(Dense):
    """Takes a learning rate, as the argument of backward says."""

    def backward(self, grad: Any, learning_rate: float = 0.5) -> Any:
        return grad


def gradient_of_w(own: Dense, before: Any) -> Any:
    parameter = arrays_in_object(own)[0]
    return parameter_gradient(own, parameter, before, calls_of(own))


def test_a_gradient_in_an_attribute() -> None:
    own = Dense()
    own.dw = GRADIENT
    np.testing.assert_array_equal(gradient_of_w(own, own.w.copy()), GRADIENT)


def test_a_gradient_that_shows_in_an_update() -> None:
    own = Updating()
    before = own.w.copy()
    own.w -= LEARNING_RATE * GRADIENT
    np.testing.assert_allclose(gradient_of_w(own, before), GRADIENT)


def test_no_gradient_and_no_update_is_none() -> None:
    own = Dense()
    assert gradient_of_w(own, own.w.copy()) is None


def test_a_gradient_of_another_shape() -> None:
    own = Dense()
    own.dw = GRADIENT.T
    with pytest.raises(OutOfShape, match=r"left shape \(4, 5\); it should be \(5, 4\)"):
        gradient_of_w(own, own.w.copy())


def test_an_update_that_changes_the_shape_says_so() -> None:
    own = Dense()
    before = own.w.copy()
    own.w = np.ones((3, 5, 4))
    with pytest.raises(OutOfShape, match="changed the shape of w") as raised:
        gradient_of_w(own, before)
    assert raised.value.is_update


def test_returned_gradients_follow_the_parameters() -> None:
    own = Dense()
    parameters = tuple(arrays_in_object(own)[:2])
    found = returned_gradients((np.ones((3, 5)), GRADIENT, own.b), parameters, calls_of(own))
    assert found is not None
    np.testing.assert_array_equal(found[0], GRADIENT)
    assert returned_gradients((np.ones((3, 5)), GRADIENT), parameters, calls_of(own)) is None


@pytest.mark.parametrize(
    "rest",
    [
        lambda dw, db: (dw, db),
        lambda dw, db: ((dw, db),),
        lambda dw, db: ([dw, db],),
        lambda dw, db: ({"db": db, "dw": dw},),
        lambda dw, db: ({"b": db, "w": dw},),
    ],
)
def test_returned_gradients_beside_that_of_the_input(rest: Any) -> None:
    own = Dense()
    parameters = arrays_in_object(own)[:2]
    db = np.arange(4.0)
    returned = (np.ones((3, 5)), *rest(GRADIENT, db))
    found = returned_gradients(returned, tuple(parameters), calls_of(own))
    assert found is not None
    for one, other in zip(found, (GRADIENT, db), strict=True):
        np.testing.assert_array_equal(one, other)
    assert (
        returned_gradients((np.ones((3, 5)), {"w": GRADIENT}), tuple(parameters), calls_of(own))
        is None
    )

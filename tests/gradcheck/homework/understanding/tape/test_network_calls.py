"""The ways of calling a network on a tape engine."""

import numpy as np

from gradcheck.homework.understanding.tape.network_calls import network_calls, wrapped
from tests.gradcheck.homework.students import batch_of
from tests.gradcheck.homework.understanding.tape.engines import (
    Scalar,
    Tensor,
    Twice,
    engine_for,
)

SIZES = (3, 3)


def test_examples_are_wrapped_as_the_engine_wants_them() -> None:
    array = np.ones((2, 3))
    assert isinstance(wrapped(engine_for(Tensor), array, as_node=True), Tensor)
    numbers = wrapped(engine_for(Scalar), array, as_node=True)
    assert isinstance(numbers[1][2], Scalar)
    assert wrapped(engine_for(Scalar), array, as_node=False) == array.tolist()


def test_what_cannot_be_called_has_no_calls() -> None:
    assert list(network_calls(object(), engine_for(Tensor), batch_of(SIZES))) == []


def test_a_network_is_called_with_rows_and_with_columns() -> None:
    engine, batch = engine_for(Tensor), batch_of((3, 2))
    calls = list(network_calls(Twice(), engine, batch))
    shapes = {engine.value(each.outputs(each.inputs)).shape for each in calls}
    assert shapes == {(5, 3), (3, 5)}

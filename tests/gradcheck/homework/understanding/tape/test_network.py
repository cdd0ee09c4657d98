"""A network on a tape engine is built, and a cost is found for it."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.network import is_network, read_network
from tests.gradcheck.homework.understanding.layers.test_layer_classes import module_of
from tests.gradcheck.homework.understanding.tape.engines import Tensor, Twice, engine_for


class Net(Twice):
    def parameters(self) -> Any:
        return [self.w]


class Rows(Net):
    """Its engine does not broadcast, so the parameter has the shape of ten examples in rows."""

    def __init__(self) -> None:
        self.w = Tensor(np.full((10, 5), 2.0))


class NoParameters(Twice):
    def parameters(self) -> Any:
        return []


def test_a_network_has_parameters_and_is_called() -> None:
    assert is_network(Net, Tensor)
    assert not is_network(Twice, Tensor)
    assert not is_network(Tensor, Tensor)


def test_the_part_has_the_parameters_and_a_cost_that_they_change() -> None:
    asked = Asked(sizes=(5, 5))
    part = read_network(Rows, "Net", engine_for(Tensor), module_of(Net=Rows), asked)
    (array,) = part.arrays
    np.testing.assert_array_equal(array.value, np.full((10, 5), 2.0))
    costs = [part.cost.at([np.full((10, 5), value)]) for value in (2.0, 3.0)]
    assert costs[0] != costs[1]


def test_a_network_without_parameters_is_refused() -> None:
    with pytest.raises(StudentError, match=r"Net\(\) has no parameters"):
        read_network(NoParameters, "Net", engine_for(Tensor), module_of(), Asked())

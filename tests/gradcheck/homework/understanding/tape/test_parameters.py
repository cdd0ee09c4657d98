"""The parameters of a network on a tape engine, as arrays."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.tape.parameters import TapeParameters, in_groups
from tests.gradcheck.homework.understanding.tape.engines import Scalar, Tensor, engine_for


def scalars() -> TapeParameters:
    engine = engine_for(Scalar)
    nodes = [(f"layers[{k}].w[{j}]", Scalar(float(10 * k + j))) for k in (0, 1) for j in (0, 1)]
    return TapeParameters(engine, in_groups(engine, nodes))


def test_single_numbers_are_grouped_by_their_layer() -> None:
    found = scalars()
    assert [group.name for group in found.groups] == ["layers[0]", "layers[1]"]
    np.testing.assert_array_equal(found.values(), [[0.0, 1.0], [10.0, 11.0]])


def test_numbers_are_replaced_and_gradients_begin_anew() -> None:
    found = scalars()
    found.place([np.array([5.0, 6.0]), np.array([7.0, 8.0])])
    first, second = found.groups[0].nodes
    (first * second).backward()
    np.testing.assert_array_equal(found.gradients(), [[6.0, 5.0], [0.0, 0.0]])
    found.place(found.values())
    assert not np.any(found.gradients())


def test_arrays_are_parameters_of_their_own() -> None:
    engine = engine_for(Tensor)
    found = TapeParameters(engine, in_groups(engine, [("w", Tensor(np.ones((2, 3))))]))
    assert [group.shape for group in found.groups] == [(2, 3)]
    node: Any = found.groups[0].nodes[0]
    node.grad = np.ones((3, 2))
    with pytest.raises(StudentError, match=r"gradient of w has shape \(3, 2\)"):
        found.gradients()

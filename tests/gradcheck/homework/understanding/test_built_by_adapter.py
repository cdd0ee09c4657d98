"""What an adapter's build returned: right dicts are understood, others are one clear line."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import Unread
from gradcheck.homework.understanding.built_by_adapter import adapted_of
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.test_adapted import good


def test_a_right_dict_is_understood() -> None:
    found = adapted_of(good(), 0, caller())
    assert [array.name for array in found.arrays] == ["w", "b"]
    assert found.takes_arrays == {"cost": True, "gradients": True}


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        (None, "returned an object of type NoneType; it should return a dict with the keys"),
        ({"arrays": 1, "grads": 2}, r"without cost, gradients \(its keys: arrays, grads\)"),
        (good(grads=1), "returned grads, which has no meaning"),
        (good(cost=1.0), "an object of type float as cost"),
        (good(cost=lambda x, y: 1.0), r"cost of the adapter takes \(x, y\)"),
        (good(arrays={}), "returned no arrays"),
        (good(arrays={"w": "text"}), "Found dtype <U4 in the adapter's array w"),
        (good(arrays={"w": np.zeros((0, 2))}), r"array w has no entries, shape \(0, 2\)"),
        (good(inputs="x"), "returned x in inputs; the arrays are w, b"),
        (good(batch_size=0), "returned 0 as batch_size"),
        (good(arrays={"w": [1.0]}, cost=lambda: 1.0), r"w\[0\] is no array"),
        (good(arrays={"w": np.ones(2, "f4")}, cost=lambda: 1.0), "w is of dtype float32"),
    ],
)
def test_what_build_may_not_return(returned: Any, words: str) -> None:
    with pytest.raises(Unread, match=words):
        adapted_of(returned, 0, caller())

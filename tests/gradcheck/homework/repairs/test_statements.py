"""Whole statements: added for replaced, and lines that belong into a loop."""

from typing import Any

import numpy as np

from gradcheck.homework.repairs.statements import added_or_set, moved_lines
from tests.gradcheck.homework.repairs.places import changed_by, line_with, places_in

AFTER = """
def backward(x):
    for k in range(3):
        dw = x[k]
    y = x + 1
    z = y + 1
"""


def moved(code: str, *given: Any) -> set[str]:
    return set(changed_by(moved_lines, places_in(code, *given)))


def test_what_is_set_is_added_and_what_is_added_is_set() -> None:
    assert line_with(added_or_set, "x[0] = g", x=[0.0], g=1.0) == {"x[0] += g": {"overwritten"}}
    assert line_with(added_or_set, "x += g", x=0.0, g=1.0) == {"x = g": {"added-to-old"}}
    assert not line_with(added_or_set, "x -= g", x=0.0, g=1.0)
    assert not line_with(added_or_set, "x, y = g", x=0.0, y=0.0, g=(1.0, 2.0))


def test_stores_beside_each_other_are_changed_together_too() -> None:
    code = "def backward(d, g):\n    d['w'] = g\n    d['b'] = g\n    own = g\n"
    found = changed_by(added_or_set, places_in(code, {}, 1.0))
    assert {"d['w'] += g", "d['b'] += g", "own += g", "d['w'] += g\nd['b'] += g"} == set(found)


def test_the_negative_side_may_be_scaled_by_a_number_of_the_function() -> None:
    found = line_with(added_or_set, "d[z < 0] = 0", d=np.ones(3), z=np.ones(3), slope=0.1)
    assert found["d[z < 0] *= slope"] == {"wrong-activation-derivative"}


def test_a_line_beside_a_loop_goes_into_it() -> None:
    code = "def backward(x):\n    for k in range(3):\n        y = x[k]\n    z = y\n"
    assert "    z = y\npass" in moved(code, np.ones(3))
    before = "def backward(x):\n    z = 0\n    for k in range(3):\n        y = x[k]\n"
    assert "pass\n    z = 0" in moved(before, np.ones(3))


def test_a_line_after_an_inner_loop_goes_into_each_of_both() -> None:
    inner = "    for i in x:\n        for j in x:\n            y = i + j\n    z = y\n"
    found = moved(f"def backward(x):\n{inner}", np.ones(2))
    assert {"        z = y\npass", "    z = y\npass"} <= found


def test_a_line_further_below_goes_into_the_loop_even_if_that_comes_first() -> None:
    assert "    z = y + 1\npass" in moved(AFTER, np.ones(3))


def test_a_line_beside_no_loop_stays() -> None:
    assert not moved("def backward(x):\n    y = x\n    z = y\n", 1.0)

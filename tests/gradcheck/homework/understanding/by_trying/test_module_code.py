"""Functions of a module see copies of its arrays."""

from types import FunctionType
from typing import Any

import numpy as np

from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.module_code import ModuleCode, copied_names
from tests.gradcheck.homework.students import caller

SOURCE = """
import numpy as np

W = np.ones(2)
same = W
lock = (each for each in [1])

def step(x, by=2.0, *, times=1):
    global W
    W = W - by * times * x
    return inner()

def inner():
    return W
"""


def names() -> dict[str, Any]:
    own: dict[str, Any] = {"__name__": "homework", "elsewhere": np.full}
    exec(SOURCE, own)
    return own


def code(own: dict[str, Any]) -> ModuleCode:
    return ModuleCode(own, "homework", caller(), own=("step", "inner", "gone"))


def test_a_call_changes_the_copy_alone() -> None:
    own = names()
    copied = code(own).copied()
    found = copied.called("step", copied.pool.with_roles({Role.INPUTS: 1.0}))
    np.testing.assert_array_equal(found, [-1.0, -1.0])
    np.testing.assert_array_equal(own["W"], [1.0, 1.0])


def test_what_is_one_array_stays_one() -> None:
    own = copied_names(names())
    assert own["W"] is own["same"]


def test_modules_imported_functions_and_what_cannot_be_copied_are_kept() -> None:
    own = names()
    copied = copied_names(own)
    for name in ("np", "elsewhere", "lock"):
        assert copied[name] is own[name]
    assert isinstance(copied["step"], FunctionType)
    assert copied["step"] is not own["step"]


def test_its_functions_are_those_that_the_file_defines() -> None:
    found = code(names())
    assert found.names == ["step", "inner"]
    assert set(found.pool.by_name) - {"__builtins__"} == {"W", "same"}

"""A student's object with its methods, and functions with the arrays that they share."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.code import Code, methods_in
from gradcheck.homework.understanding.by_trying.pool import Pool
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.by_trying.nets import Layer, code_of, learned_by


class Base:
    def inherited(self) -> None: ...


class Own(Base):
    number = 3

    def _private(self) -> None: ...

    @staticmethod
    def helper() -> None: ...

    def second(self, x: Any) -> Any:
        return np.random.rand()  # noqa: NPY002

    @property
    def value(self) -> int:
        raise AssertionError


def test_methods_are_those_of_the_class_and_what_it_inherits() -> None:
    assert methods_in(Own) == ["helper", "second", "inherited", "_private"]
    assert code_of(Own(), left_out=("second",)).names == ["helper", "inherited", "_private"]


def test_functions_take_the_dict_of_parameters() -> None:
    def cost(params: Any, x: Any, w1: Any) -> Any:
        return params["w1"] is w1, x

    root = {"w1": np.ones(2), 3: np.ones(1)}
    code = Code(root, "cost", caller(), functions={"cost": cost})
    assert code.names == ["cost"]
    assert code.called("cost", code.pool.with_roles({Role.INPUTS: "x"})) == (True, "x")


def test_an_object_gives_its_whole_numbers_by_name() -> None:
    own = SimpleNamespace(depth=3, flag=True, batch_size=9, rate=0.5, width=2.5)
    assert code_of(own).pool.by_name == {"depth": 3}


def test_each_call_draws_the_same_random_numbers() -> None:
    code = code_of(Own(), seed=4)
    pool = Pool({Role.INPUTS: 1.0})
    first = code.called("second", pool)
    assert code.called("second", pool) == first
    assert code_of(Own(), seed=5).called("second", pool) != first


def test_a_copy_keeps_nothing_of_a_call() -> None:
    own = Layer()
    copied = code_of(own).copied()
    copied.root.W += 1.0
    assert not np.any(copied.root.W == own.W)


def test_what_cannot_be_copied_is_told() -> None:
    class Own:
        def __deepcopy__(self, memo: Any) -> Any:
            raise TypeError("no copies")

    with pytest.raises(StudentError, match="copying Own raised TypeError: no copies"):
        code_of(Own()).copied()


def test_learned_arrays_are_placed_and_read() -> None:
    own = Layer()
    code, learned = code_of(own), learned_by(own, "W", "b")
    learned.place(code, [value * 2.0 for value in learned.values])
    for value, now in zip(learned.values, learned.current(code), strict=True):
        np.testing.assert_array_equal(now, 2.0 * value)
    learned.current(code)[0][:] = 0.0
    assert np.any(own.W)


def test_a_plain_number_stays_one() -> None:
    own = SimpleNamespace(b=0.5)
    learned = learned_by(own, "b")
    learned.place(code_of(own), (np.array(2.0),))
    assert own.b == 2.0
    assert not isinstance(own.b, np.ndarray)


def test_a_shape_that_changed_is_told() -> None:
    own = Layer()
    learned = learned_by(own, "b")
    own.b = np.ones((3, 5))
    with pytest.raises(StudentError, match=r"b has shape \(3, 5\) after a call; .* stay \(3,\)"):
        learned.current(code_of(own))

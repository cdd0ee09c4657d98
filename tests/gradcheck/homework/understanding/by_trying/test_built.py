"""Objects of a class, one for each way in which its constructor works."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.built import Built, built_objects
from tests.gradcheck.homework.students import caller


def built(kind: Any, announced: list[str] | None = None, **asked: Any) -> list[Built]:
    return [*built_objects(kind, kind.__name__, Asked(**asked), caller(announced=announced))]


class Sizes:
    def __init__(self, sizes: list[int]) -> None:
        assert isinstance(sizes, list)
        self.sizes = sizes


class Scalar:
    def __init__(self, n_in: int, n_hidden: int, n_out: int) -> None:
        self.W = np.random.rand(n_in, n_hidden)  # noqa: NPY002


class Examples:
    def __init__(self, x: Any, y: Any) -> None:
        assert x.shape[0] == y.shape[0] == 10
        self.x = x


class Never:
    def __init__(self, sizes: Any, temper: Any) -> None:
        raise AssertionError


class Raises:
    def __init__(self, sizes: Any) -> None:
        raise ValueError("not today")


def test_a_class_is_built_for_several_outputs_and_for_one() -> None:
    found = built(Sizes)
    assert [each.sizes for each in found if each.own.sizes == [*(each.sizes or ())]] == [
        *((6, 5, 4), (6, 5, 1))
    ]
    assert found[0].way is None


def test_only_sizes_that_were_asked_for_are_used() -> None:
    assert {each.sizes for each in built(Sizes, sizes=(5, 4, 3))} == {(5, 4, 3)}


def test_each_object_draws_the_same_random_numbers() -> None:
    one, other = (built(Scalar, sizes=(5, 4, 3), seed=seed)[0].own.W for seed in (1, 1))
    np.testing.assert_array_equal(one, other)
    assert not np.array_equal(built(Scalar, sizes=(5, 4, 3), seed=2)[0].own.W, one)


def test_a_constructor_may_take_the_examples() -> None:
    announced: list[str] = []
    found = built(Examples, announced)
    first = found[0]
    assert first.way is not None
    assert first.batch is not None
    np.testing.assert_array_equal(first.own.x, first.batch.inputs.T)
    assert announced[0] == "Examples(x, y)"  # and not all their numbers


def test_what_is_built_in_no_way_is_told() -> None:
    with pytest.raises(StudentError, match="temper has no known meaning"):
        built(Never)
    with pytest.raises(StudentError, match=r"Raises\(\[6, 5, 4\]\) raised ValueError: not today"):
        built(Raises)

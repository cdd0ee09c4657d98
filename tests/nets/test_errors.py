"""The error for input that cannot be used, and the checks that share it."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nets.errors import (
    BadInput,
    expect_function,
    expect_one_of,
    expect_whole,
    in_one_line,
    is_number,
    is_whole,
    listed,
    unreadable,
)


def test_bad_input_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="a reason"):
        raise BadInput("a reason")


def test_a_known_name_is_returned() -> None:
    assert expect_one_of("cost", "quadratic", {"quadratic": 1, "other": 2}) == "quadratic"
    assert expect_one_of("cost", "other", iter(["quadratic", "other"])) == "other"


@pytest.mark.parametrize("name", ["hinge", "", "QUAD", 3, None, ["quadratic"]])
def test_any_other_name_is_answered_with_the_known_ones(name: Any) -> None:
    with pytest.raises(BadInput) as raised:
        expect_one_of("cost", name, ["quadratic", "other"])
    assert str(raised.value) == f"cost {name!r} is unknown; use one of quadratic, other"


def test_a_misspelt_name_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(BadInput, match=r"'Quadratic' is unknown \(did you mean quadratic\?\)"):
        expect_one_of("cost", "Quadratic", ["quadratic", "other"])


def test_a_path_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere") as raised:
        (tmp_path / "nowhere").read_bytes()
    error = unreadable(tmp_path, raised.value)
    assert isinstance(error, BadInput)
    assert str(error) == f"{tmp_path} cannot be read: No such file or directory"
    assert str(unreadable(Path("x"), OSError("a reason"))) == "x cannot be read: a reason"
    assert str(unreadable(Path("a\nb"), OSError("a reason"))) == "a b cannot be read: a reason"


@pytest.mark.parametrize("number", [0, -3, np.int8(5), np.uint64(7)])
def test_whole_numbers(number: object) -> None:
    assert is_whole(number)


@pytest.mark.parametrize("number", [True, False, 1.0, np.float64(2.0), Fraction(4, 2), "1", None])
def test_what_is_no_whole_number(number: object) -> None:
    assert not is_whole(number)


@pytest.mark.parametrize("number", [0, -2.5, np.float32(1.5), Fraction(1, 3), 10**300])
def test_numbers_that_a_float_can_hold(number: object) -> None:
    assert is_number(number)


@pytest.mark.parametrize("number", [True, np.nan, np.inf, 10**400, 1j, "1", None, np.ones(1)])
def test_what_is_no_number_that_a_float_can_hold(number: object) -> None:
    assert not is_number(number)


def test_whole_numbers_from_the_least() -> None:
    expect_whole("seed", 0, least=0)
    expect_whole("seed", np.int64(7), least=7)
    for wrong in (-1, 0.5, True, "3", None, [1]):
        with pytest.raises(BadInput, match=r"seed is .*; give a whole number from 0"):
            expect_whole("seed", wrong, least=0)


def test_functions() -> None:
    expect_function("progress", print)
    expect_function("progress", None, optional=True)
    with pytest.raises(BadInput, match="progress is a NoneType; give a function"):
        expect_function("progress", None)
    with pytest.raises(BadInput, match="progress is a int; give a function"):
        expect_function("progress", 1, optional=True)


def test_what_can_be_listed() -> None:
    assert listed("cases", (each for each in (1, 2)), "cases") == [1, 2]
    for wrong, kind in ((3, "int"), ("ab", "str"), ({"a": 1}, "dict"), (np.array(1.0), "ndarray")):
        with pytest.raises(BadInput, match=f"the cases are a {kind}; give a list of numbers"):
            listed("cases", wrong, "numbers")


def test_what_was_given_is_shown_in_one_line_and_cut() -> None:
    assert in_one_line(np.ones((2, 2))) == "array([[1., 1.], [1., 1.]])"
    assert len(in_one_line("x" * 1000)) == 60
    assert in_one_line(10**5000) == "a int"

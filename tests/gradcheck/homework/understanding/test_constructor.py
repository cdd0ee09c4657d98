"""A class is built from sizes by the names of its arguments."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.constructor import construction_of

BUILT: dict[str, tuple[Callable[..., Any], tuple[int, ...] | None, tuple[Any, ...]]] = {
    "a list": (lambda sizes: 0, (4, 3, 2), ([4, 3, 2],)),
    "a list and nothing asked": (lambda layers: 0, None, ([6, 5, 4],)),
    "one by one": (lambda *sizes: 0, (4, 3, 2), (4, 3, 2)),
    "three numbers": (lambda a, b, c: 0, (4, 3, 2), (4, 3, 2)),
    "no argument": (lambda: 0, (4, 3, 2), ()),
}
NAMED: dict[str, tuple[Callable[..., Any], tuple[int, ...] | None, dict[str, Any]]] = {
    "three names": (
        lambda input_size, hidden_size, output_size, weight_init_std=0.01: 0,
        None,
        {"input_size": 6, "hidden_size": 5, "output_size": 4},
    ),
    "names with defaults": (
        lambda input_dim=3072, hidden_dim=100, num_classes=10, reg=0.0: 0,
        (4, 3, 2),
        {"input_dim": 4, "hidden_dim": 3, "num_classes": 2},
    ),
    "a list of hidden sizes": (
        lambda input_size, hidden_size_list, output_size: 0,
        (7, 6, 5, 4),
        {"input_size": 7, "hidden_size_list": [6, 5], "output_size": 4},
    ),
    "two hidden layers": (
        lambda n_x, n_h1, n_h2, n_y: 0,
        None,
        {"n_x": 6, "n_h1": 5, "n_h2": 4, "n_y": 3},
    ),
    "no outputs": (
        lambda d, h: 0,
        None,
        {"d": 6, "h": 5},
    ),
    "states and actions": (
        lambda n_s, n_a, n_h=16: 0,
        (4, 3, 2),
        {"n_s": 4, "n_h": 3, "n_a": 2},
    ),
    "float64": (
        lambda hidden_dims, input_dim=9, num_classes=9, dtype=np.float32: 0,
        (4, 3, 2),
        {"hidden_dims": [3], "input_dim": 4, "num_classes": 2, "dtype": np.float64},
    ),
    "a rate and an activation": (
        lambda sizes, learning_rate, activation: 0,
        (4, 2),
        {"learning_rate": 0.1, "activation": "sigmoid"},
    ),
}


@pytest.mark.parametrize("how", BUILT)
def test_sizes_by_position(how: str) -> None:
    built, sizes, arguments = BUILT[how]
    found = construction_of(built, "Net", sizes)
    assert (found.arguments, found.named) == (arguments, {})


@pytest.mark.parametrize("how", NAMED)
def test_sizes_by_name(how: str) -> None:
    built, sizes, named = NAMED[how]
    assert construction_of(built, "Net", sizes).named == named


def test_a_class_that_takes_no_number_of_outputs_has_one() -> None:
    assert construction_of(lambda d, h: 0, "Net", None).sizes == (6, 5, 1)


def test_a_class_without_sizes_knows_its_own() -> None:
    assert construction_of(lambda: 0, "Net", None).sizes is None


@pytest.mark.parametrize(
    ("built", "words"),
    [
        (
            lambda sizes, temper, tone, tint: 0,
            "from (sizes, temper, tone, tint); temper, tone, tint have no known meaning",
        ),
        (lambda n_in, n_hid, n_out: 0, "takes n_in, n_hid, n_out: 3 sizes; --sizes gave 2, 4,2"),
        (lambda a, b, c: 0, "Net is built from (a, b, c)"),
    ],
)
def test_what_cannot_be_built(built: Callable[..., Any], words: str) -> None:
    with pytest.raises(StudentError) as error:
        construction_of(built, "Net", (4, 2))
    assert words in error.value.line


def test_what_a_network_needs_besides_its_sizes_may_be_none() -> None:
    found = construction_of(lambda sizes, temper: 0, "Net", (4, 2))
    assert (found.arguments, found.named) == (([4, 2],), {"temper": None})
    error = found.explained(StudentError("Net raised TypeError", "line 3"))
    assert error.line == "Net raised TypeError. temper has no known meaning, so it was given None"
    assert error.traceback == "line 3"


def test_an_error_of_known_arguments_stays_as_it_is() -> None:
    error = StudentError("Net raised TypeError")
    assert construction_of(lambda sizes: 0, "Net", (4, 2)).explained(error) is error


def test_a_schedule_is_a_number_and_a_function() -> None:
    found = construction_of(lambda sizes, lr_schedule: 0, "Net", (4, 2)).named["lr_schedule"]
    assert (found, found(3), found[7]) == (0.1, 0.1, 0.1)

"""What the variables of a loop are."""

import ast
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.loops.speaking import (
    costs_in,
    first_update,
    matrices_of,
    outputs_and_targets,
    possible_rates,
)

OUT, Y = np.linspace(0.1, 0.9, 6).reshape(3, 2), np.ones((3, 2))
NAMES: dict[str, Any] = {"np": np, "out": OUT, "y": Y, "loss": 0.5, "w": np.ones(4)}


def pairs(code: str, **names: Any) -> list[tuple[Any, Any]]:
    given = {**NAMES, **names}
    found = outputs_and_targets(ast.parse(code), given)
    return [(eval(output, dict(given)), eval(targets, dict(given))) for output, targets in found]


@pytest.mark.parametrize("code", ["d = out - y", "d = y - out", "cost = mse(y, out)"])
def test_output_and_targets_in_a_difference_or_a_call(code: str) -> None:
    ((output, targets),) = pairs(code)
    assert output is OUT
    assert targets is Y


@pytest.mark.parametrize("code", ["d = out + y", "d = w - y", "d = out - w", "d = y - y", "f(y)"])
def test_what_is_no_output_beside_its_targets(code: str) -> None:
    assert pairs(code) == []


def test_differences_come_before_calls_and_parts_of_targets_are_targets() -> None:
    ((first, _), (second, targets)) = pairs("f(y, out)\nd = other[0] - y[0].T", other=2 * OUT)
    np.testing.assert_array_equal(first, 2 * OUT[0])
    assert (second is OUT, targets is Y) == (True, True)


def test_costs_are_variables_and_calls_that_are_called_so() -> None:
    code = "loss = 1\nx = cost(y, out)\nz = tanh(out)\ncost_vector = y\n"
    given = {**NAMES, "cost": lambda y, a: float(np.sum(a - y)), "tanh": lambda a: 1.0}
    found = costs_in(ast.parse(code), {**given, "cost_vector": Y}, None)
    assert [text for text, _ in found] == ["loss", "cost(y, out)"]
    early = costs_in(ast.parse(code), given, 2)
    assert [text for text, _ in early] == ["loss"]


def test_examples_are_columns() -> None:
    for output in (OUT, OUT.T):
        a, y = matrices_of(output, np.ones(6))
        assert (a.shape, y.shape) == ((2, 3), (2, 3))
    a, y = matrices_of(np.ones(4), np.ones((4, 1)))
    assert (a.shape, y.shape) == ((1, 4), (1, 4))


def test_rates_are_numbers_that_are_called_so_then_other_fractions() -> None:
    names = {"decay": 0.1, "lr": 1, "eta": 0.2, "epochs": 50, "flag": True, "w": Y, "__x": 0.5}
    assert possible_rates(names) == [("lr",), ("eta",), ("lr", "eta"), ("decay",)]


def test_the_first_line_that_changes_a_variable_by_its_old_value() -> None:
    assert first_update(ast.parse("a = 1\nb = a\nb = b + a\na += 1\n")) == 3
    assert first_update(ast.parse("a = 1\n")) == 0

"""Another variable, index, constant or comparison."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.repairs.other_values import (
    other_comparisons,
    other_indices,
    other_numbers,
    other_variables,
)
from tests.gradcheck.homework.repairs.places import changed_by, line_with, places_in

G, Z = np.linspace(0.1, 1.0, 4), np.linspace(-2.0, 1.5, 4)
A = np.tanh(Z)


def test_a_variable_of_the_same_shape() -> None:
    found = line_with(other_variables, "return g * w", g=G, w=Z, other=np.ones(3), number=2.0)
    assert found == {key: {"wrong-variable"} for key in ("return w * w", "return g * g")}


def test_a_variable_that_is_assigned_is_not_another_one() -> None:
    assert not any(
        text.startswith("w") for text in line_with(other_variables, "g = g + w", g=G, w=Z)
    )


def test_a_number_for_a_number_and_a_list_for_a_list() -> None:
    found = line_with(other_variables, "return a[k]", a=[1, 2], b=[3, 4], k=0, j=1, flag=True)
    assert set(found) == {"return b[k]", "return a[j]"}


@pytest.mark.parametrize(
    ("line", "change", "cause"),
    [
        # The formula takes a = tanh(z), and z is put into it.
        ("d = g * (1 - z ** 2)", "d = g * (1 - a ** 2)", "derivative-formula-at-z"),
        # The function takes z, and a is given to it.
        ("d = g * tanh_prime(a)", "d = g * tanh_prime(z)", "derivative-at-activation"),
        # Neither is a function of the other.
        ("d = g * tanh_prime(w)", "d = g * tanh_prime(z)", "wrong-activation-derivative"),
        ("d = g * (w > 0)", "d = g * (z > 0)", "wrong-activation-derivative"),
        ("d = g @ w", "d = g @ z", "wrong-variable"),
    ],
)
def test_where_a_derivative_is_taken(line: str, change: str, cause: str) -> None:
    found = line_with(other_variables, line, g=G, a=A, z=Z, w=np.cos(9 * Z), tanh_prime=np.tanh)
    assert found[change] == {cause}


def test_a_variable_before_or_after_its_derivative() -> None:
    code = "def backward(da, a):\n    dz = da * (1 - a ** 2)\n    {}\n    return dw\n"
    before = changed_by(other_variables, places_in(code.format("dw = da * 3"), G, A))
    assert before["dw = dz * 3"] == {"missing-activation-derivative"}
    after = changed_by(other_variables, places_in(code.format("dw = dz * 3"), G, A))
    assert after["dw = da * 3"] == {"derivative-twice"}


def test_the_item_before_and_after_also_of_another_list() -> None:
    names: dict[str, Any] = {"a": [G, Z, A], "z": [G, Z], "k": 1}
    found = line_with(other_indices, "d = a[k]", **names)
    assert found == {key: {"wrong-index"} for key in ("d = a[k + 1]", "d = a[k - 1]")} | (
        {key: {"wrong-variable"} for key in ("d = z[k + 1]", "d = z[k - 1]")}
    )
    assert not line_with(other_indices, "a[k] = 0", **names)
    assert not line_with(other_indices, "d = a[0]", **names)


def test_another_number_or_one_with_a_name() -> None:
    found = line_with(other_numbers, "d = g * 3", g=G, rate=0.1)
    assert {text: found[text] for text in ("d = g * 1", "d = g * 1.5", "d = g * rate")} == (
        {key: {"constant-factor"} for key in ("d = g * 1", "d = g * 1.5", "d = g * rate")}
    )
    assert not any("g * 3" in text for text in found)
    assert line_with(other_numbers, "d = g + 3", g=G)["d = g + 4"] == {"wrong-number"}
    assert not line_with(other_numbers, "d = g[0]", g=G)


def test_a_whole_number_in_an_index_stays_whole() -> None:
    found = line_with(other_numbers, "d = g[k + 1]", g=G, k=0)
    assert {"d = g[k + 0]", "d = g[k + 2]"} <= set(found)


def test_a_number_that_a_condition_chooses_is_a_derivative() -> None:
    found = line_with(other_numbers, "d = g * np.where(z > 0, 1, 0)", g=G, z=Z, np=np)
    assert found["d = g * np.where(z > 0, 1, 1)"] == {"wrong-activation-derivative"}


def test_the_other_side_of_a_comparison() -> None:
    found = line_with(other_comparisons, "d = g * (z > 0)", g=G, z=Z)
    wrong = {"wrong-activation-derivative"}
    assert found == {
        **dict.fromkeys(("d = g * (z < 0)", "d = g * (z >= 0)", "d = g * (z <= 0)"), wrong),
        "d = g * True": {"derivative-twice"},
    }


def test_a_condition_that_is_not_needed() -> None:
    of_output = line_with(other_comparisons, "d = g * (output > 0)", g=G, output=Z)
    assert of_output["d = g * True"] == {"derivative-twice"}
    of_step = line_with(other_comparisons, "d = g * (t > 0)", g=G, t=1)
    assert of_step["d = g * True"] == {"part-left-out"}


def test_conditions_of_statements_and_choices() -> None:
    found = line_with(other_comparisons, "d = g if k == 0 else -g", g=G, k=0)
    assert found == {
        key: {"wrong-condition"} for key in ("d = g if k != 0 else -g", "d = g", "d = -g")
    }

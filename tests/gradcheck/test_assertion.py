"""The assertion for test suites."""

from typing import Any

import numpy as np
import pytest

from gradcheck import BadInput, assert_gradients
from nets.arrays import HostArray

W = np.linspace(-1.0, 1.0, 12).reshape(3, 4)


def cost(arrays: dict[str, HostArray]) -> float:
    return float((arrays["w"] ** 2).sum() + arrays["b"].sum())


RIGHT = {"w": 2 * W, "b": np.ones(2)}
PARAMETERS = {"w": W, "b": np.zeros(2)}


def test_what_is_right_passes() -> None:
    assert_gradients(cost, PARAMETERS, RIGHT)


def test_the_message_is_the_worst_rows() -> None:
    wrong = {"w": RIGHT["w"].copy(), "b": np.array([1.0, -1.0])}
    wrong["w"][2, 1] *= 1.5
    with pytest.raises(AssertionError) as raised:
        assert_gradients(cost, PARAMETERS, wrong)
    lines = str(raised.value).splitlines()
    assert lines[1].split()[:4] == ["array", "index", "backprop", "numerical"]
    assert {(line.split()[0], line.split("]")[0].split("[")[1]) for line in lines[2:4]} == {
        ("b", "1"),
        ("w", "2, 1"),
    }
    assert "DISAGREE 2 of 14 entries contradict equation (46)" in str(raised.value)
    assert max(map(len, lines)) <= 80


def test_at_most_five_rows() -> None:
    with pytest.raises(AssertionError) as raised:
        assert_gradients(cost, PARAMETERS, {"w": -RIGHT["w"], "b": RIGHT["b"]})
    assert str(raised.value).count(" disagree") == 5


def test_not_a_number_is_no_pass() -> None:
    with pytest.raises(AssertionError, match="nan"):
        assert_gradients(cost, PARAMETERS, {"w": RIGHT["w"], "b": np.array([1.0, np.nan])})


def test_what_tests_nothing_is_no_pass() -> None:
    with pytest.raises(AssertionError, match="UNDECIDED"):
        assert_gradients(lambda _: 0.0, W, 0 * W)


def test_options_go_through() -> None:
    with pytest.raises(BadInput, match="epsilon"):
        assert_gradients(cost, PARAMETERS, RIGHT, epsilon=-1.0)
    assert_gradients(cost, PARAMETERS, RIGHT, scheme="central", sample=2, seed=3)


def test_an_entry_around_which_the_cost_is_not_finite_is_shown() -> None:
    w = np.array([0.5, 1.0])
    with pytest.raises(AssertionError, match="UNDECIDED") as raised:
        assert_gradients(lambda p: p[1] ** 2 if p[0] == 0.5 else np.inf, w, np.array([1.0, 2.0]))
    (line,) = (line for line in str(raised.value).splitlines() if line.startswith("parameters"))
    assert line.split()[1] == "[0]"
    assert line.split()[-2:] == ["inf", "undecided"]


def test_the_likely_mistake_is_in_the_message() -> None:
    w = np.linspace(1.0, 2.0, 6)
    with pytest.raises(AssertionError, match=r"minus the\s+measured gradient"):
        assert_gradients(lambda w: (w**2).sum(), w, -2.0 * w)


def test_an_array_that_is_too_blunt_to_decide_shows_its_entries() -> None:
    def cost(w: Any) -> Any:
        return np.round((w**2).sum(), 3) + 1e-30 * w.sum()

    w = np.array([0.3, 0.4])
    with pytest.raises(AssertionError) as error:
        assert_gradients(cost, w, 2 * w, epsilon=2.0**-6)
    lines = str(error.value).splitlines()
    assert sum(line.split()[-1:] in (["agree"], ["undecided"]) for line in lines) == 2
    assert "UNDECIDED" in str(error.value)

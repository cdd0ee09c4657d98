"""A part of an array where all is needed."""

import numpy as np
import pytest

from gradcheck.homework.repairs.parts_of_arrays import single_examples, whole_arrays, whole_ranges
from tests.gradcheck.homework.repairs.places import changed_by, line_with, places_in

X, G = np.ones((4, 3)), np.ones((4, 2))
LEFT_OUT = {"examples-left-out"}


def test_a_whole_array_for_its_slice_the_same_slices_together_too() -> None:
    found = line_with(whole_arrays, "dw = x[1:].T @ g[1:]", x=X, g=G)
    assert found == dict.fromkeys(
        ("dw = x.T @ g", "dw = x.T @ g[1:]", "dw = x[1:].T @ g"), LEFT_OUT
    )


def test_other_slices_are_changed_one_by_one() -> None:
    found = line_with(whole_arrays, "dw = x[:2].T @ g[2:]", x=X, g=G)
    assert set(found) == {"dw = x.T @ g[2:]", "dw = x[:2].T @ g"}


@pytest.mark.parametrize("line", ["dw = x[:]", "dw = x[0]", "x[1:] = 0"])
def test_what_is_no_part_stays(line: str) -> None:
    assert not line_with(whole_arrays, line, x=X)


def test_a_range_is_longer() -> None:
    def changes(text: str) -> set[str]:
        code = f"def backward(n):\n    for k in {text}:\n        d = k\n"
        found = changed_by(whole_ranges, places_in(code, 5))
        assert set().union(*found.values()) == {"part-left-out"}
        return {each.removeprefix("for k in range(").removesuffix("):") for each in found}

    assert changes("range(n)") == {"n + 1"}
    assert changes("range(1, n)") == {"n", "1 - 1, n", "1, n + 1", "1 + 1, n", "1, n - 1"}
    assert "n, 0 - 1, -1" in changes("range(n, 0, -1)")


def test_another_call_is_no_range() -> None:
    assert not line_with(whole_ranges, "d = len(x)", x=X)


def test_the_sum_over_the_examples_for_one_of_them() -> None:
    found = line_with(single_examples, "db = g[0]", g=G)
    assert {"db = g.sum(0)", "db = g.sum(1, keepdims=True)", "db = g"} <= set(found)
    assert set().union(*found.values()) == LEFT_OUT
    assert "db = g[:, 0]" not in found
    assert "db = g[:, :]" in line_with(single_examples, "db = g[:, 0]", g=G)


def test_a_product_of_all_examples_for_that_of_one() -> None:
    found = line_with(single_examples, "dw = np.outer(x[0], g[0])", x=X, g=G, np=np)
    assert found["dw = x.T @ g"] == LEFT_OUT


def test_each_example_with_its_own_label() -> None:
    labels = np.array([1, 0, 1, 1])
    found = line_with(single_examples, "g[0, labels[0]] -= 1", g=G, labels=labels)
    assert found["g[range(len(labels)), labels] -= 1"] == LEFT_OUT


def test_an_index_that_goes_through_all_is_no_single_example() -> None:
    assert not line_with(single_examples, "d = g[k]", g=G, k=0)

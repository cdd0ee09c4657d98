"""Transposes, and axes in a wrong order."""

import numpy as np
import pytest

from gradcheck.homework.repairs.axes import axes_in_other_order, transposes, turned_round
from tests.gradcheck.homework.repairs.places import line_with

X, G = np.ones((4, 3)), np.ones((4, 2))
TRANSPOSED = {"weights-not-transposed"}


def test_a_transpose_more_or_less_of_a_factor_and_of_the_result() -> None:
    found = line_with(transposes, "dw = x.T @ g", x=X, g=G)
    wanted = ("dw = x @ g", "dw = g @ x.T", "dw = x.T @ g.T", "dw = x.T.T @ g", "dw = (x.T @ g).T")
    assert found == dict.fromkeys(wanted, TRANSPOSED)


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("dw = np.dot(x.T, g)", "dw = np.dot(x, g)"),
        ("dw = np.dot(x.transpose(), g)", "dw = np.dot(x, g)"),
        ("dw = np.dot(x.T, g)", "dw = np.dot(x.T, g.T)"),
        ("dw = np.outer(x, g)", "dw = np.outer(g, x)"),
    ],
)
def test_products_that_are_calls(line: str, change: str) -> None:
    assert line_with(transposes, line, x=X, g=G, np=np)[change] == TRANSPOSED


def test_a_factor_of_another_product_is_not_transposed() -> None:
    assert set(line_with(transposes, "d = x * x", x=X)) == {"d = (x * x).T"}


@pytest.mark.parametrize(
    "turned",
    ["k[::-1]", "k[:, ::-1]", "np.flip(k)", "np.flip(k, 0)", "k.flip(0)", "k.flip((0, 1))"],
)
def test_an_array_is_not_turned_round(turned: str) -> None:
    class Kernel(np.ndarray):
        def flip(self, axes: object) -> np.ndarray:
            return np.flip(self)

    found = line_with(turned_round, f"dx = {turned}", k=X.view(Kernel), np=np)
    assert found == {"dx = k": {"flipped"}}


def test_other_slices_and_calls_turn_nothing() -> None:
    assert not line_with(turned_round, "dx = k[1:] + np.exp(k[1:])", k=X, np=np)


def test_axes_of_a_transpose_are_exchanged() -> None:
    x = np.ones((2, 2, 2))
    found = line_with(axes_in_other_order, "y = x.transpose(0, 2, 1)", x=x)
    assert found["y = x.transpose(2, 0, 1)"] == {"axes-in-wrong-order"}
    assert found["y = x.transpose(1, 2, 0)"] == {"axes-in-wrong-order"}
    assert "y = x.transpose(0, 2, 1)" not in found


def test_an_array_is_brought_into_a_shape_in_another_order() -> None:
    for line in ("y = x.reshape(2, 3)", "y = x.reshape((2, 3))"):
        found = line_with(axes_in_other_order, line, x=np.ones(6))
        assert "y = x.reshape(3, 2).transpose(1, 0)" in found


def test_a_flat_array_has_no_order_of_axes() -> None:
    found = line_with(axes_in_other_order, "y = x.reshape(-1)", x=X)
    assert found
    assert all(text.startswith("y = x.reshape(-1).transpose(") for text in found)


def test_letters_of_a_sum_of_products_are_exchanged() -> None:
    found = line_with(axes_in_other_order, "d = np.einsum('ij,jk->ik', x.T, g)", x=X, g=G, np=np)
    for how in ("ji,jk->ik", "ij,kj->ik", "ij,jk->ki"):
        assert found[f"d = np.einsum('{how}', x.T, g)"] == {"axes-in-wrong-order"}


def test_two_axes_of_a_result_are_exchanged() -> None:
    found = line_with(axes_in_other_order, "return x", x=np.ones((2, 2, 2)))
    assert {"return x.transpose(0, 2, 1)", "return x.transpose(0, 1, 3, 2)"} <= set(found)
    assert not line_with(axes_in_other_order, "return 0")

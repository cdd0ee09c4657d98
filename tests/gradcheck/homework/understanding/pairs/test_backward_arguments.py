"""What the arguments of a backward function mean."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.pairs.backward_arguments import Returned, bindings_of

X, W, OUT, CACHE = np.ones((2, 3)), np.ones((3, 4)), np.ones((2, 4)), object()
GIVEN = {"x": X, "w": W}


def called_with(
    backward: Callable[..., Any], *returned: Any, names: tuple[str | None, ...] = ()
) -> list[list[Any]]:
    """What backward would get, in each way; the arriving gradients are texts."""
    found = Returned.of(returned if len(returned) > 1 else returned[0], names)
    return [
        binding.arguments(["first", "second"], GIVEN, found.values)
        for binding in bindings_of(backward, GIVEN, found)
    ]


@pytest.mark.parametrize(
    ("backward", "expected"),
    [
        (lambda dout, cache: 0, ["first", CACHE]),
        (lambda cache, dout: 0, [CACHE, "first"]),
        (lambda d_out, x, w: 0, ["first", X, W]),
        (lambda x, grad_output: 0, [X, "first"]),
        (lambda up, memory: 0, ["first", CACHE]),
        (lambda something, tape: 0, ["first", CACHE]),
    ],
)
def test_arguments_are_told_by_their_names(
    backward: Callable[..., Any], expected: list[Any]
) -> None:
    found = called_with(backward, OUT, CACHE)
    assert len(found) == 1
    assert all(one is other for one, other in zip(found[0], expected, strict=True))


def test_two_outputs_get_two_arriving_gradients() -> None:
    found = called_with(lambda dh, dc, cache: 0, OUT, OUT, CACHE)
    assert found == [["first", "second", CACHE]]


def test_without_a_cache_an_unknown_argument_may_be_an_input_or_the_output() -> None:
    found = called_with(lambda dout, cache: 0, OUT)
    assert [id(arguments[1]) for arguments in found] == [id(X), id(W), id(OUT)]


def test_the_name_in_the_return_statement_counts() -> None:
    found = called_with(lambda dout, probs: 0, OUT, CACHE, names=("probs", "cache"))
    assert len(found) == 1
    assert found[0][1] is OUT


def test_one_argument_without_a_gradient_is_a_derivative() -> None:
    found = bindings_of(lambda x: 0, GIVEN, Returned.of(OUT, []))
    assert [binding.is_derivative for binding in found] == [True]

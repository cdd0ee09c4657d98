"""A forward function and its backward are called, and make a cost."""

from typing import Any

import numpy as np
import pytest

from gradcheck.verdicts.functions.pair import function_pair
from nets.errors import BadInput
from tests.gradcheck.verdicts.functions.affine import (
    ARRAYS,
    ARRIVING,
    affine_backward,
    affine_forward,
    pair_of,
)


def test_the_cost_is_the_sum_of_outputs_times_what_arrives() -> None:
    cost = pair_of().cost([ARRIVING])
    x, w = ARRAYS.values()
    assert cost([x, w]) == pytest.approx(np.sum(x @ w * ARRIVING))


def test_backward_gives_the_gradients_in_the_order_of_the_inputs() -> None:
    pair = pair_of()
    found = pair.backpropagated(pair.run(), [ARRIVING])
    np.testing.assert_array_equal(found[0], ARRIVING @ ARRAYS["w"].T)
    claims = pair.claims(found)
    assert [claim.name for claim in claims] == ["x", "w"]
    with pytest.raises(BadInput, match=r"gradient of x has shape \(4, 2\); it should be \(3, 4\)"):
        pair.claims(found[::-1])


def test_without_a_cache_backward_receives_the_inputs() -> None:
    def backward(dout: Any, x: Any, w: Any) -> Any:
        return dout @ w.T, x.T @ dout

    pair = pair_of(lambda x, w: x @ w, backward)
    found = pair.backpropagated(pair.run(), [ARRIVING])
    np.testing.assert_array_equal(found[1], ARRAYS["x"].T @ ARRIVING)


def test_outputs_that_differ_from_call_to_call_are_refused() -> None:
    generator = np.random.default_rng(0)
    pair = pair_of(lambda x, w: (x @ w * generator.random(), (x, w)))
    with pytest.raises(BadInput, match="differs from call to call"):
        pair.outputs()
    assert len(pair_of().outputs()) == 1


@pytest.mark.parametrize(
    ("backward", "cache", "words"),
    [(3, None, "backward is a int; give a function"), (affine_backward, 1, "cache is a int")],
)
def test_misuse(backward: Any, cache: Any, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        function_pair(affine_forward, backward, ARRAYS, has_cache=cache)

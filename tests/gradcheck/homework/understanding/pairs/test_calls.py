"""Calls of two functions, as ``check_backward`` makes them."""

from typing import Any

import numpy as np

from tests.gradcheck.homework.understanding.pairs.functions import (
    affine_backward,
    affine_forward,
    trials_of,
)


def dropout_forward(x: Any, dropout_param: Any) -> Any:
    mask = np.random.rand(*x.shape) < dropout_param["p"]  # noqa: NPY002 (as students write it)
    return x * mask, mask


def dropout_backward(dout: Any, cache: Any) -> Any:
    return dout * cache


def test_the_pair_has_the_signatures_of_all_others() -> None:
    trial = trials_of(affine_forward, affine_backward)[0]
    pair = trial.calls.function_pair(trial.places)
    (output,) = pair.outputs()
    arriving = np.random.default_rng(0).standard_normal(output.shape)
    found = pair.backpropagated(pair.run(), [arriving])
    np.testing.assert_array_equal(found[0], arriving @ trial.calls.given["w"].T)


def test_a_mask_is_the_same_in_each_call() -> None:
    calls = trials_of(dropout_forward, dropout_backward)[0].calls
    first, second = (calls.forward(dict(calls.given)).returned[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert np.any(first == 0.0)

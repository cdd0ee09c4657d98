"""Forms are tried until forward and backward work."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pairs.trials import NotDone
from tests.gradcheck.homework.understanding.pairs.functions import (
    affine_backward,
    affine_forward,
    trials_of,
)


def test_the_first_form_that_works() -> None:
    trial = trials_of(affine_forward, affine_backward)[0]
    assert {name: value.shape for name, value in trial.calls.arrays.items()} == {
        "x": (4, 6),
        "w": (6, 5),
        "b": (5,),
    }
    assert set(trial.places.keys) == {"x", "w", "b"}
    assert trial.reshaped == ()


def test_a_function_that_is_not_written_yet_is_told_apart() -> None:
    def affine_backward(dout: Any, cache: Any) -> Any:
        raise NotImplementedError

    with pytest.raises(NotDone, match="affine_backward raised NotImplementedError"):
        trials_of(affine_forward, affine_backward)


def test_what_backward_raises_is_told() -> None:
    def affine_backward(dout: Any, cache: Any) -> Any:
        raise RuntimeError("no idea")

    with pytest.raises(StudentError, match="RuntimeError: no idea"):
        trials_of(affine_forward, affine_backward)


def test_what_is_written_for_sequences_alone_is_called_with_them() -> None:
    def affine_backward(dout: Any, cache: Any) -> Any:
        x, w = cache
        return dout @ w.T, np.einsum("bti,btj->ij", x, dout), dout.sum(axis=(0, 1))

    def layernorm_backward(dout: Any, cache: Any) -> Any:
        x, gamma = cache
        return dout * gamma, (dout * x).sum(axis=(0, 1)), dout.sum(axis=(0, 1))

    def layernorm_forward(x: Any, gamma: Any, beta: Any) -> Any:
        return x * gamma + beta, (x, gamma)

    for functions in (
        (affine_forward, affine_backward),
        (layernorm_forward, layernorm_backward),
    ):
        trial = trials_of(*functions)[0]
        assert trial.calls.arrays["x"].shape == (3, 4, 6)


def test_an_attention_may_need_as_many_queries_as_keys() -> None:
    def attention_forward(q: Any, k: Any, v: Any) -> Any:
        return (q @ k.T + np.eye(len(q))) @ v, (q, k, v)

    def attention_backward(dout: Any, cache: Any) -> Any:
        q, k, v = cache
        a, da = q @ k.T + np.eye(len(q)), dout @ v.T
        return da @ k, da.T @ q, a.T @ dout

    arrays = trials_of(attention_forward, attention_backward)[0].calls.arrays
    assert len(arrays["q"]) == len(arrays["k"])

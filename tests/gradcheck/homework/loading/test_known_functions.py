"""The few functions of SciPy that are computed where it is missing."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.loading.known_functions import KNOWN_FUNCTIONS


def known(name: str, *given: Any, **more: Any) -> Any:
    return KNOWN_FUNCTIONS[f"scipy.special.{name}"](*given, **more)


def test_sigmoid() -> None:
    assert known("expit", 0.0) == 0.5
    assert known("expit", np.array([-1e4, 1e4])) == pytest.approx([0.0, 1.0])


def test_softmax_adds_up_to_one() -> None:
    array = np.array([[1.0, 2.0], [1000.0, 3.0]])
    assert np.sum(known("softmax", array, axis=1), axis=1) == pytest.approx([1.0, 1.0])


def test_logarithms() -> None:
    assert known("logsumexp", np.array([1000.0, 1000.0])) == pytest.approx(1000 + np.log(2))
    assert known("xlogy", 0.0, 0.0) == 0.0
    assert known("xlogy", 2.0, 3.0) == pytest.approx(2 * np.log(3))


def test_the_activations_of_a_course_go_back_as_their_slopes_say() -> None:
    z, step = np.array([-0.5, 0.25, 2.0]), 1e-6
    for name in ("sigmoid", "relu"):
        forward, backward = (KNOWN_FUNCTIONS[f"dnn_utils.{name}{end}"] for end in ("", "_backward"))
        slopes = (forward(z + step)[0] - forward(z - step)[0]) / (2 * step)
        assert backward(np.ones(3), forward(z)[1]) == pytest.approx(slopes, rel=1e-6)

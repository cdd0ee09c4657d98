"""What a layer claims, and whether it adds up over calls."""

from typing import Any

import numpy as np

from gradcheck.homework.understanding.layers.claims import adds_gradients, claims_at
from gradcheck.homework.understanding.layers.findings import layer_findings
from gradcheck.homework.understanding.layers.understood import UnderstoodLayer
from tests.gradcheck.homework.understanding.layers.dense import Dense, X, trial_of


class Adding(Dense):
    def __init__(self) -> None:
        super().__init__()
        self.dw, self.db = np.zeros((5, 4)), np.zeros(4)

    def backward(self, grad: Any) -> Any:
        self.dw += self.x.T @ grad
        self.db += grad.sum(axis=0)
        return grad @ self.w.T


def understood(own: Any) -> UnderstoodLayer:
    trial = trial_of(own)
    values = [each.array for each in trial.parameters]
    passed = trial.passed(trial.placed(values), X, trial.arriving)
    return UnderstoodLayer(trial, "layer", tuple(values), passed)


def test_a_backward_that_adds_is_noticed_and_told() -> None:
    assert adds_gradients(understood(Adding()))
    assert not adds_gradients(understood(Dense()))
    texts = [each.text for each in layer_findings(understood(Adding()), 1, adds=True)]
    assert any("adds to the gradients of the call before" in text for text in texts)


def test_a_divisor_multiplies_the_gradients_of_parameters_alone() -> None:
    layer = understood(Dense())
    values = [X, *layer.values]
    plain, scaled = (claims_at(layer, values, divisor)[0].arrays for divisor in (1, 3))
    np.testing.assert_array_equal(scaled[0], plain[0])
    np.testing.assert_array_equal(scaled[1], 3 * plain[1])

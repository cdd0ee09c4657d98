"""Classes in memory with a dict of parameters and a loss of their own."""

from typing import Any

import numpy as np

from nets.arrays import HostArray

__all__ = ["TwoLayers"]


class TwoLayers:
    """Two layers of tanh in rows; half the sum of squares over the number of examples."""

    def __init__(self, input_size: int = 5, hidden_size: int = 4, output_size: int = 3) -> None:
        generator = np.random.default_rng(1)
        self.params: dict[Any, Any] = {
            "W1": generator.standard_normal((input_size, hidden_size)),
            "b1": generator.standard_normal(hidden_size),
            "W2": generator.standard_normal((hidden_size, output_size)),
            "b2": generator.standard_normal(output_size),
        }

    def loss(self, x: HostArray, y: HostArray, reg: float = 0.0) -> Any:
        p = self.params
        hidden = np.tanh(x @ p["W1"] + p["b1"])
        out = hidden @ p["W2"] + p["b2"]
        delta = (out - y) / len(x)
        below = delta @ p["W2"].T * (1 - hidden**2)
        decay = reg * sum(np.sum(p[name] ** 2) for name in ("W1", "W2"))
        gradients = {
            "W1": x.T @ below + 2 * reg * p["W1"],
            "b1": below.sum(axis=0),
            "W2": hidden.T @ delta + 2 * reg * p["W2"],
            "b2": delta.sum(axis=0),
        }
        return 0.5 * np.sum((out - y) ** 2) / len(x) + decay, gradients

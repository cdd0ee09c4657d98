"""The usual cost of an output, where code has no cost of its own."""

import numpy as np

from nets.arrays import HostArray

__all__ = ["usual_costs"]

# Words in the source that speak of a cost with a logarithm.
OF_LOGARITHM = (
    *("cross", "entropy", "log(", "log_loss", "logloss", "likelihood", "bce"),
    *("logisticregression", "logistic_regression", "logistic regression"),
)
OF_SQUARE = ("mse", "square", "quadratic", "**2", "** 2", "error")
SUMS_TO_ONE = 1e-9  # softmax outputs do, up to rounding


def usual_costs(source: str, outputs: HostArray) -> list[str]:
    """Names in ``COSTS_OF_OUTPUT`` that the source may mean, the likeliest first; at least one.

    Args:
        source: of the student's class.
        outputs: (n_output, batch) of its forward pass.

    >>> usual_costs("def sigmoid(z): ...", np.array([[0.2, 0.7]]))
    ['quadratic']

    """
    text = source.lower()
    n_output = outputs.shape[0]
    positive = bool(np.all(outputs > 0.0)) and bool(np.all(outputs < 1.0))
    if n_output > 1 and positive and np.allclose(outputs.sum(axis=0), 1.0, atol=SUMS_TO_ONE):
        squares = ["quadratic"] if any(word in text for word in OF_SQUARE[:3]) else []
        return ["fused-softmax-cross-entropy", *squares]
    if positive and any(word in text for word in OF_LOGARITHM):
        return ["quadratic", "fused-sigmoid-cross-entropy", "fused-softmax-cross-entropy"]
    return ["quadratic"]

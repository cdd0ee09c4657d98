"""An adapter for a function of one long vector: its parts get names and shapes."""

import numpy as np


def build(module, sizes):
    n, hidden, labels = sizes
    draw = np.random.default_rng(0)
    X, y = draw.normal(size=(8, n)), 1 + np.arange(8) % labels
    arrays = {"Theta1": draw.normal(size=(hidden, n + 1)), "Theta2": draw.normal(size=(labels, hidden + 1))}

    def both(parts):
        vector = np.concatenate([part.ravel() for part in parts.values()])
        return module.nnCostFunction(vector, n, hidden, labels, X, y)

    return {"arrays": arrays, "cost": lambda p: both(p)[0], "gradients": lambda p: both(p)[1]}

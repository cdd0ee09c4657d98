"""An adapter for a function that returns everything at once, the gradient of its input too."""

import numpy as np


def build(module, sizes):
    n, k, q = sizes
    draw = np.random.default_rng(0)
    y = np.arange(8) % q
    shapes = {"X": (8, n), "a": (n, k), "b": (k,), "c": (k, q), "d": (q,)}

    def everything(arrays):
        return module.everything(arrays["X"], y, *(arrays[name] for name in "abcd"))

    return {
        "arrays": {name: draw.normal(size=shape) for name, shape in shapes.items()},
        "cost": lambda arrays: everything(arrays)[1],
        "gradients": lambda arrays: dict(zip("dcbaX", everything(arrays)[3:], strict=True)),
        "inputs": ["X"],
        "batch_size": 8,
    }

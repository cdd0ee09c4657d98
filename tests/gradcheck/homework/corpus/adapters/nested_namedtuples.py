"""An adapter for functions that take all parameters as one tree."""

import numpy as np


def build(module, sizes):
    draw = np.random.default_rng(0)
    inputs, wanted = draw.normal(size=(7, sizes[0])), draw.normal(size=(7, sizes[-1]))
    return {
        "arrays": module.fresh(draw, *sizes),
        "cost": lambda params: module.objective(params, inputs, wanted),
        "gradients": lambda params: module.pullback(params, inputs, wanted),
        "batch_size": 7,
    }

"""An adapter for nested lists of arrays in an attribute."""

import numpy as np


def build(module, sizes):
    net = module.TiedAutoencoder(sizes[0], sizes[-1])
    x = np.random.default_rng(0).uniform(0.1, 0.9, (9, sizes[0]))
    return {
        "arrays": {"brain": net.brain},
        "cost": lambda: net.surprise(x),
        "gradients": lambda: {"brain": net.slopes(x)},
        "batch_size": 9,
    }

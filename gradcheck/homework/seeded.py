"""The generators that students' code draws from, put back to the same state."""

import random

import numpy as np

__all__ = ["seed_generators"]


def seed_generators(seed: int) -> None:
    """Seed Python's and NumPy's own generators: dropout draws the same mask after each call.

    Args:
        seed: of both.

    """
    np.random.seed(seed)  # noqa: NPY002 (students' code draws from it)
    random.seed(seed)

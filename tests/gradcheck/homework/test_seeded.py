"""The generators that students' code draws from begin anew."""

import random

import numpy as np

from gradcheck.homework.seeded import seed_generators


def drawn(seed: int) -> tuple[float, float]:
    seed_generators(seed)
    return random.random(), float(np.random.rand())  # noqa: NPY002 (as students write it)


def test_the_same_seed_draws_the_same() -> None:
    assert drawn(3) == drawn(3)
    assert drawn(3) != drawn(4)

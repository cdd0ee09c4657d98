"""The generators that students' code draws from begin anew."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.seeded import same_numbers, seed_generators

real_rng = np.random.default_rng
module_rng = np.random.default_rng(1)


def drawn(seed: int) -> tuple[float, float]:
    seed_generators(seed)
    return random.random(), float(np.random.rand())  # noqa: NPY002 (as students write it)


def test_the_same_seed_draws_the_same() -> None:
    assert drawn(3) == drawn(3)
    assert drawn(3) != drawn(4)


def made() -> float:
    return float(np.random.default_rng().random())


def made_in_the_older_way() -> float:
    return float(np.random.RandomState().rand())


class Net:
    def __init__(self) -> None:
        self.rng = np.random.default_rng(5)

    def mask(self) -> float:
        return float(self.rng.random())


def made_by_an_imported_name() -> float:
    return float(real_rng().random())


def from_the_module() -> float:
    return float(module_rng.random())


def from_a_default(rng: Any = np.random.RandomState(2)) -> float:  # noqa: B008
    return float(rng.rand())


@pytest.mark.parametrize(
    "function",
    [
        *(made, made_in_the_older_way, made_by_an_imported_name, from_the_module, from_a_default),
        Net().mask,
    ],
)
def test_generators_of_a_function_draw_the_same(function: Callable[[], float]) -> None:
    numbers = []
    for seed in (3, 3, 4):
        with same_numbers(function, seed):
            numbers.append(function())
    assert numbers[0] == numbers[1] != numbers[2]
    assert function() != function()


def failing() -> None:
    raise ZeroDivisionError


def test_a_seed_of_the_function_is_kept_and_names_are_put_back() -> None:
    before = np.random.default_rng
    with same_numbers(made, 3):
        assert np.random.default_rng(5).random() == before(5).random()
    assert np.random.default_rng is before
    with pytest.raises(ZeroDivisionError), same_numbers(failing, 3):
        failing()
    assert np.random.default_rng is before
    assert real_rng is before

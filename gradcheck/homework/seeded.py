"""The generators that students' code draws from, put back to the same state."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import unwrap
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of

__all__ = ["same_numbers", "seed_generators"]


def seed_generators(seed: int) -> None:
    """Seed Python's and NumPy's own generators: dropout draws the same mask after each call.

    Args:
        seed: of both.

    """
    np.random.seed(seed)  # noqa: NPY002 (students' code draws from it)
    random.seed(seed)


@contextmanager
def same_numbers(function: Callable[..., Any], seed: int) -> Iterator[None]:
    """Let a student's function draw the same numbers in each call, from any generator.

    Besides Python's and NumPy's own generators, these are put back: generators in the function's
    module and in its defaults, those of the object whose method it is, and those that it makes
    without a seed.

    Args:
        function: a student's, or a method.
        seed: of all.

    """
    seed_generators(seed)
    own = unwrap(function)
    names = getattr(own, "__globals__", {})
    defaults = [
        *(getattr(own, "__defaults__", None) or ()),
        *(getattr(own, "__kwdefaults__", None) or {}).values(),
    ]
    owner = attributes_of(getattr(function, "__self__", None))
    for held in (*names.values(), *defaults, *owner.values()):
        _put_back(held, seed)
    with _made_with(seed, names):
        yield


@contextmanager
def _made_with(seed: int, names: dict[str, Any]) -> Iterator[None]:
    """Let generators that are made without a seed have this one.

    Args:
        seed: of them.
        names: of the student's module, where NumPy's functions may stand too.

    """
    makes, state = np.random.default_rng, np.random.RandomState
    kind: Any = state

    def default_rng(given: Any = None) -> np.random.Generator:
        return makes(seed if given is None else given)

    class RandomState(kind):  # type: ignore[misc]
        """NumPy's own, but for the seed."""

        def __init__(self, given: Any = None) -> None:
            super().__init__(seed if given is None else given)

    others: dict[Any, Any] = {makes: default_rng, state: RandomState}
    imported = {name: value for name, value in names.items() if value is makes or value is state}
    try:
        for own, other in others.items():
            setattr(np.random, own.__name__, other)
        names.update({name: others[value] for name, value in imported.items()})
        yield
    finally:
        for own in others:
            setattr(np.random, own.__name__, own)
        names.update(imported)


def _put_back(held: Any, seed: int) -> None:
    """Put a generator back to the state that a seed gives; leave anything else."""
    if isinstance(held, np.random.Generator):
        held.bit_generator.state = type(held.bit_generator)(seed).state
    elif isinstance(held, np.random.RandomState | random.Random):
        held.seed(seed)

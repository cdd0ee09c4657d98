"""Calls of forward functions, made by hand."""

from typing import Any

import numpy as np

from gradcheck.homework.known_operations.comparison import unlike_its_name
from gradcheck.homework.known_operations.forward_call import ForwardCall

__all__ = ["drawn", "unlike"]


def drawn(*shape: int, seed: int = 0) -> Any:
    """Numbers of both signs."""
    return np.random.default_rng([seed, *shape]).standard_normal(shape)


def unlike(stem: str, output: Any, settings: dict[str, Any] | None = None, **given: Any) -> str:
    """What the comparison says of a function of this name that returned this output."""
    arrays = {name: np.asarray(value) for name, value in given.items()}
    call = ForwardCall(f"{stem}_forward", stem, arrays, settings or {}, np.asarray(output))
    return unlike_its_name(call)

"""An optimizer for layers that need one: it makes a plain step, by any method name."""

import dis
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import numpy as np

__all__ = ["AnyOptimizer"]


class AnyOptimizer:
    """Has every method. One that is given parameters and gradients takes a plain step.

    The parameters come first, then as many gradients in the same shapes. Further arguments, such as
    momenta, are not changed. A method with one array returns it, so an object of this class also
    stands for the network that a loss gives its gradient to.

    The new parameters are returned. Where the caller throws away what is returned, the parameters
    themselves are changed: a layer may still need the old ones otherwise.
    """

    def __init__(self, rate: float) -> None:
        """Keep the learning rate."""
        self._rate = rate

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Any method."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self._step

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """A step, as any method makes it."""
        return self._stepped(sys._getframe(1), *arguments, **named)

    def _step(self, *arguments: Any, **named: Any) -> Any:
        return self._stepped(sys._getframe(1), *arguments, **named)

    def _stepped(self, caller: FrameType, *arguments: Any, **named: Any) -> Any:
        arrays = [each for each in (*arguments, *named.values()) if isinstance(each, np.ndarray)]
        if not arrays:
            return self
        if len(arrays) == 1:
            return arrays[0]
        count = next(
            (n for n in range(len(arrays) // 2, 0, -1) if _fit(arrays[:n], arrays[n : 2 * n])), 1
        )
        moved = [p - self._rate * g for p, g in zip(arrays[:count], arrays[count:], strict=False)]
        if _throws_away(caller):
            for parameter, new in zip(arrays[:count], moved, strict=True):
                parameter[...] = new
        found = [*moved, *arrays[2 * count :]]
        return found[0] if len(found) == 1 else tuple(found)


def _throws_away(caller: FrameType) -> bool:
    """Whether a function does not use what the call in it returns: the call is a statement."""
    later = (each for each in dis.get_instructions(caller.f_code) if each.offset > caller.f_lasti)
    return next(later).opname == "POP_TOP"


def _fit(parameters: list[Any], gradients: list[Any]) -> bool:
    """Whether each gradient may belong to its parameter.

    The gradient of the first parameter has its shape. The gradient of biases may still have a row
    for each example.
    """
    ends = all(p.shape[-1:] == g.shape[-1:] for p, g in zip(parameters, gradients, strict=True))
    return ends and parameters[0].shape == gradients[0].shape

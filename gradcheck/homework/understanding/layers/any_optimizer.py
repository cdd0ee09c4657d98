"""An optimizer for layers that hand their gradients to one: a plain step, whatever it is called."""

from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["AnyOptimizer"]


class AnyOptimizer:
    """Has every method. One that is given parameters and gradients takes a plain step.

    The parameters come first, then as many gradients in the same shapes; what follows, such as
    momenta, is left as it is. A method that is given one array returns it.
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
        return self._step(*arguments, **named)

    def _step(self, *arguments: Any, **named: Any) -> Any:
        arrays = [each for each in (*arguments, *named.values()) if isinstance(each, np.ndarray)]
        if not arrays:
            return self
        if len(arrays) == 1:
            return arrays[0]
        count = next(
            (n for n in range(len(arrays) // 2, 0, -1) if _fit(arrays[:n], arrays[n : 2 * n])), 1
        )
        moved = [p - self._rate * g for p, g in zip(arrays[:count], arrays[count:], strict=False)]
        found = [*moved, *arrays[2 * count :]]
        return found[0] if len(found) == 1 else tuple(found)


def _fit(parameters: list[Any], gradients: list[Any]) -> bool:
    """Whether each gradient may belong to its parameter.

    The first has its shape. Of biases the gradient may still have a row for each example.
    """
    ends = all(p.shape[-1:] == g.shape[-1:] for p, g in zip(parameters, gradients, strict=True))
    return ends and parameters[0].shape == gradients[0].shape

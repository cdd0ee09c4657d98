"""A generator of random numbers for arguments such as ``rng``, whichever kind the code expects."""

from typing import Any

import numpy as np

__all__ = ["AnyGenerator"]


class AnyGenerator(np.random.Generator):
    """A ``numpy.random.Generator`` that has the old methods of ``RandomState`` too.

    Args:
        bits: where its numbers come from; by default they are the same each time.

    """

    def __init__(self, bits: np.random.BitGenerator | None = None) -> None:
        """Begin with the first numbers."""
        super().__init__(np.random.PCG64(0) if bits is None else bits)

    def randn(self, *shape: int) -> Any:
        """Normal numbers of this shape; one number without a shape."""
        return self.standard_normal(shape or None)

    def rand(self, *shape: int) -> Any:
        """Numbers between 0 and 1 of this shape; one number without a shape."""
        return self.random(shape or None)

    def random_sample(self, size: Any = None) -> Any:
        """Numbers between 0 and 1."""
        return self.random(size)

    def randint(self, low: int, high: int | None = None, size: Any = None) -> Any:
        """Whole numbers from ``low`` up to ``high``, without ``high`` itself."""
        return self.integers(low, high, size)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies are of this class too, and draw what this one would draw next."""
        return AnyGenerator, (self.bit_generator,)

    def __repr__(self) -> str:
        """Without an address, so that a message is the same each time."""
        return "generator"

"""What one call of a forward function gave: its arguments, its outputs, and a cache."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gradcheck.verdicts.functions.inputs import Arguments
from nets.arrays import Array

__all__ = ["Forward"]


@dataclass(frozen=True)
class Forward:
    """What one call of forward gave.

    Attributes:
        arguments: that it was called with.
        outputs: what it returned, without the cache: arrays, or tuples of arrays.
        cache: what it returned for backward, in a tuple of its own; empty without a cache.

    """

    arguments: Arguments
    outputs: tuple[Any, ...]
    cache: tuple[Any, ...]

    @property
    def arrays(self) -> list[Array]:
        """All output arrays, in order and in their shapes."""
        found: list[Array] = []
        for output in self.outputs:
            found += output if isinstance(output, tuple | list) else [output]
        return found

    def packed(self, arriving: Sequence[Array]) -> list[Any]:
        """Arrays, one in the shape of each output array, packed like the outputs."""
        rest = iter(arriving)
        return [
            tuple(next(rest) for _ in output) if isinstance(output, tuple | list) else next(rest)
            for output in self.outputs
        ]

"""A claim: one parameter array with the gradient that is claimed for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from gradcheck.engines.engine import flat_entries
from gradcheck.slopes.cost_change_to_slope import Entries
from nets.arrays import Array, HostArray, array_namespace

__all__ = ["Claim", "claimed_at"]


@dataclass(frozen=True)
class Claim:
    """One parameter array with the gradient that is claimed for it, both float64.

    Attributes:
        name: such as ``layer 1 weights``.
        layer: its layer, counted from 1; None for an array that belongs to no layer.
        parameter: ``weights``, ``biases``, or the name.
        values: the parameters, in any shape.
        gradient: the claim, in the same shape.
        round_off: the standard deviation of the rounding error of the right gradient, in the same
            shape; None if it is not known.
        cost_round_off: a lower bound on the rounding error of C, where one is known; else 0.
        is_single: whether the gradient came in float32 or less.

    """

    name: str
    layer: int | None
    parameter: str
    values: Array
    gradient: Array
    round_off: Array | None = None
    cost_round_off: float = 0.0
    is_single: bool = False

    def at(self, entries: HostArray) -> tuple[Array, Array | float]:
        """The claim (n,) and its round-off (n,), or 0, at positions (n,) in the flattened array."""
        round_off = 0.0 if self.round_off is None else flat_entries(self.round_off, entries)
        return flat_entries(self.gradient, entries), round_off


def claimed_at(claims: Sequence[Claim], entries: Entries) -> tuple[Array, Array | float]:
    """What is claimed at n entries (n,), and its round-off (n,), or 0.

    Args:
        claims: one for each array of the entries.
        entries: the n.

    """
    found = [claims[owner].at(entries.entries[run]) for owner, run in entries.runs]
    if len(found) == 1:
        return found[0]
    xp = array_namespace(found[0][0])
    round_off = [xp.zeros_like(claimed) + own for claimed, own in found]
    return xp.concat([claimed for claimed, _ in found]), xp.concat(round_off)

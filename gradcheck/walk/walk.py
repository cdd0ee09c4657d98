"""A walk through a small network: all steps, and one entry taken apart."""

from dataclasses import dataclass
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.show.text import Part, Sentence
from gradcheck.walk.chain import OneEntry
from gradcheck.walk.one_entry import Explained, explained
from gradcheck.walk.step_text import entry_text, step_text
from gradcheck.walk.steps import steps_of
from gradcheck.walk.walk_step import Passes, WalkStep
from nets.network import Network

__all__ = ["Walk", "walk_through"]


@dataclass(frozen=True)
class Walk:
    """A walk through a network.

    Attributes:
        passes: the forward and the backward pass.
        steps: all steps in their order.
        entry: one entry, by the chain rule and by (46).

    """

    passes: Passes
    steps: tuple[WalkStep, ...]
    entry: Explained

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        return {
            "cost": self.passes.cost,
            "steps": [step.to_dict() for step in self.steps],
            "entry": self.entry.to_dict(),
        }

    def parts(self) -> list[Part]:
        """A paragraph for each step, and one for the entry; each fits on a screen."""
        steps = [Sentence(step_text(step), "bold") for step in self.steps]
        return [*steps, Sentence(entry_text(self.entry), "bold")]


def walk_through(network: Network, batch: MiniBatch, entry: OneEntry) -> Walk:
    """Go through a network in float64, forward and backward.

    Args:
        network: small enough to be read.
        batch: the mini-batch, inputs (n_input, batch) and targets (n_output, batch).
        entry: the weight or bias to take apart.

    """
    passes = Passes.of(network.with_dtype("float64"), batch)
    return Walk(passes, tuple(steps_of(passes)), explained(passes, entry))

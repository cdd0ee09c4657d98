"""A step of the walk: its formula, its code and its matrices; and the passes it is taken from."""

from dataclasses import dataclass, field
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from nets.arrays import HostArray
from nets.layers import LayerGradients, LayerTrace
from nets.network import Network

__all__ = ["Passes", "Term", "WalkStep"]


@dataclass(frozen=True, eq=False)
class Passes:
    """A network with all that one forward and one backward pass computed, on the host."""

    network: Network
    batch: MiniBatch
    traces: tuple[LayerTrace, ...] = field(repr=False)
    gradients: tuple[LayerGradients, ...] = field(repr=False)

    @classmethod
    def of(cls, network: Network, batch: MiniBatch) -> "Passes":
        """Go forward and backward once."""
        traces = network.forward(batch.inputs)
        return cls(network, batch, traces, network.backward(traces, batch.targets))

    @property
    def cost(self) -> float:
        """C of the mini-batch."""
        return float(self.network.cost(self.batch.inputs, self.batch.targets))


@dataclass(frozen=True, eq=False)
class Term:
    """A matrix of a step: what stands before it, its name, and its numbers (rows, columns)."""

    sign: str
    name: str
    values: HostArray = field(repr=False)


@dataclass(frozen=True, eq=False)
class WalkStep:
    """A step.

    Attributes:
        layer: counted from 1; 0 for the inputs.
        name: what the step computes.
        number: among the five steps of backward; 0 in the forward pass.
        book: the equation in Nielsen's book; empty if it has none of its own.
        task: what the step does, in a sentence or two.
        formula: in mathematics.
        code: in Python.
        terms: the matrices; the last one is the result.
        heading: of a step that is in no layer; empty if the layer and the way are its heading.

    """

    layer: int
    name: str
    number: int
    book: str
    task: str
    formula: str
    code: str
    terms: tuple[Term, ...]
    heading: str = ""

    @property
    def title(self) -> str:
        """The place of the step in the walk."""
        if self.heading:
            return self.heading
        way = f"backward, step {self.number} of 5" if self.number else "forward"
        return f"Layer {self.layer}, {way}: {self.name}"

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        return {
            "layer": self.layer,
            "name": self.name,
            "step": self.number or None,
            "book": self.book or None,
            "formula": self.formula,
            "code": self.code,
            "terms": [
                {"sign": term.sign, "name": term.name, "values": term.values.tolist()}
                for term in self.terms
            ],
        }

"""A mistake of the zoo in the backprop of a command's network."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradcheck.commands.subject import Subject
from nets.errors import BadInput

if TYPE_CHECKING:
    from gradcheck.bugs.backprop_step import MiniBatch
    from nets.layers import LayerGradients

__all__ = ["Planted", "expect_bug_options", "plant"]


@dataclass(frozen=True)
class Planted:
    """A mistake, where it is, and what a backprop that makes it returns."""

    name: str
    layer: int
    gradients: "Sequence[LayerGradients]"
    previous: "MiniBatch"  # what that backprop had worked on before

    def to_dict(self, *, blind: bool) -> dict[str, Any]:
        """The name and the layer, or that they are not told."""
        return {"bug": None, "layer": None} if blind else {"bug": self.name, "layer": self.layer}

    def sentence(self, *, blind: bool) -> str:
        """The same in words."""
        if blind:
            return "Planted: one mistake, somewhere. Which, --reveal tells."
        return f"Planted: {self.name} in layer {self.layer}."


def expect_bug_options(bug: str | None, layer: int | None, reveal: bool) -> None:
    """See that the options around --bug make sense together.

    Raises:
        BadInput: they do not, or there is no such mistake.

    """
    if bug is None:
        for name, given in (("--layer", layer is not None), ("--reveal", reveal)):
            if given:
                raise BadInput(f"{name} was given without --bug; gradcheck bugs lists the mistakes")
    elif bug != "random":
        from gradcheck.bugs.zoo import bug_named

        bug_named(bug)


def plant(subject: Subject, name: str, layer: int | None) -> Planted:
    """Plant a mistake in the backprop of a network.

    Args:
        subject: the network and the mini-batch.
        name: of the mistake, or ``random``.
        layer: where; None for the last layer in which it changes something, or a random one.

    Raises:
        BadInput: there is no such layer, or it changes nothing there.

    """
    from gradcheck.bugs.backprop_step import (
        MiniBatch,
    )
    from gradcheck.bugs.drawn import previous_batch, random_bug
    from gradcheck.bugs.planting import (
        expect_layer,
        layers_to_plant,
        wrong_backprop,
    )
    from gradcheck.bugs.zoo import bug_named
    from nets.arrays import array_namespace

    xp = array_namespace(subject.inputs)
    network = subject.network.with_dtype("float64")
    batch = MiniBatch(xp.astype(subject.inputs, xp.float64), xp.astype(subject.targets, xp.float64))
    if layer is not None:
        expect_layer(network, layer)
    seed = subject.options.seed
    previous = previous_batch(batch, seed)
    if name == "random":
        bug, layer = random_bug(network, batch, previous, seed, layer)
    else:
        bug = bug_named(name)
        layers = layers_to_plant(network, batch, bug, previous)
        if not layers:
            raise BadInput(
                f"the bug {name} changes nothing in this network ({bug.says.rstrip('.')}); another "
                "network or a larger batch may show it"
            )
        if layer is not None and layer not in layers:
            raise BadInput(
                f"the bug {name} changes nothing in layer {layer}; it does in "
                f"{', '.join(map(str, layers))}"
            )
        layer = layers[-1] if layer is None else layer
    gradients = wrong_backprop(network, batch, bug, layer, previous)
    return Planted(bug.name, layer, gradients, previous)

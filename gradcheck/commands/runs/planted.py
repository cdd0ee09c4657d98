"""A mistake from the zoo, planted in the backprop of a command's network."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.bugs.drawn import previous_batch, random_bug
from gradcheck.bugs.planting import Bug, expect_layer, layers_to_plant, wrong_backprop
from gradcheck.bugs.same_numbers import same_numbers
from gradcheck.bugs.zoo import bug_named
from gradcheck.commands.options.bug import BugOptions
from gradcheck.commands.runs.subject import Subject
from nets.arrays import array_namespace
from nets.errors import BadInput
from nets.layers import LayerGradients
from nets.network import Network

__all__ = ["Planted", "plant"]


@dataclass(frozen=True)
class Planted:
    """A mistake, its place, and what a backprop with it returns.

    Attributes:
        name: of the mistake.
        layer: where it is, counted from 1.
        gradients: what the wrong backprop returns.
        previous: the mini-batch that this backprop worked on before.
        same_numbers: other mistakes that give the same numbers there.

    """

    name: str
    layer: int
    gradients: Sequence[LayerGradients]
    previous: MiniBatch
    same_numbers: tuple[str, ...] = ()

    def to_dict(self, *, secret: bool) -> dict[str, Any]:
        """The name and the layer; both None if they are secret."""
        return {"bug": None, "layer": None} if secret else {"bug": self.name, "layer": self.layer}

    def sentence(self, *, secret: bool) -> str:
        """The same in words."""
        if secret:
            return "One mistake has been planted. Add --reveal to see which."
        same = " and ".join(self.same_numbers)
        also = f" In this network it gives the same numbers as {same}." if same else ""
        return f"Planted: {self.name} in layer {self.layer}.{also}"

    def in_title(self, *, secret: bool) -> str:
        """The same in the title of a figure."""
        return "one mistake planted" if secret else f"{self.name} planted in layer {self.layer}"


def plant(subject: Subject, mistake: BugOptions) -> Planted | None:
    """Plant a mistake in the backprop of a network; None if none was asked for.

    Raises:
        BadInput: there is no such mistake or layer, or it changes nothing there.

    """
    if mistake.bug is None:
        return None
    xp = array_namespace(subject.inputs)
    network = subject.network.with_dtype("float64")
    batch = MiniBatch(xp.astype(subject.inputs, xp.float64), xp.astype(subject.targets, xp.float64))
    if mistake.layer is not None:
        expect_layer(network, mistake.layer)
    seed = subject.options.seed
    previous = previous_batch(batch, seed)
    if mistake.bug == "random":
        bug, layer = random_bug(network, batch, previous, seed, mistake.layer)
    else:
        bug = bug_named(mistake.bug)
        layer = _layer_for(bug, network, batch, previous, mistake.layer)
    gradients = wrong_backprop(network, batch, bug, layer, previous)
    same = () if mistake.is_secret else same_numbers(network, batch, bug, layer, previous)
    return Planted(bug.name, layer, gradients, previous, same)


def _layer_for(
    bug: Bug, network: Network, batch: MiniBatch, previous: MiniBatch, asked: int | None
) -> int:
    """The layer that was asked for, or the last one where the mistake changes something."""
    layers = layers_to_plant(network, batch, bug, previous)
    if not layers:
        raise BadInput(
            f"the bug {bug.name} changes nothing in this network ({bug.says.rstrip('.')}); try "
            "another network or a larger batch"
        )
    if asked is not None and asked not in layers:
        raise BadInput(
            f"the bug {bug.name} changes nothing in layer {asked}; give --layer "
            f"{' or '.join(map(str, layers))}"
        )
    return layers[-1] if asked is None else asked

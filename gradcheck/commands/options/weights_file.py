"""A network from a file of weights, in the place of the one that the options describe."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradcheck.commands.options.gather import is_typed
from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.show.numbers import as_typed
from nets.errors import BadInput

if TYPE_CHECKING:
    from nets.network import Network

__all__ = ["with_weights_file"]


def with_weights_file(asked: SubjectOptions) -> SubjectOptions:
    """The options with what the file of --weights holds; as they are if there is no file.

    Raises:
        BadInput: the file cannot be read, or an option on the command line contradicts it.

    """
    if asked.weights is None:
        return asked
    from nets.weights import load_network

    if is_typed("initialisation"):
        raise BadInput("--init draws a network and --weights reads one; give only one of the two")
    path = asked.weights.expanduser()
    network = load_network(path)
    held = _described(network)
    for name, value in held.items():
        if is_typed(name):
            _expect_same(name, getattr(asked, name), value, path)
    return replace(
        asked,
        **held,
        dtype=asked.dtype if is_typed("dtype") else network.place.dtype_name,
        initialisation=f"weights from {path.name}",
        trained=network,
    )


def _described(network: "Network") -> dict[str, Any]:
    """A network in the words of the options --sizes, --activation and --cost."""
    functions = [layer.activation.name for layer in network.layers]
    # With a fused cost the last layer is always the identity; --activation sets the others.
    fused = network.cost_function.fused_activation is not None
    hidden = functions[:-1] if fused and functions[1:] else functions
    return {
        "sizes": network.sizes,
        "activation": ", ".join(dict.fromkeys(hidden)),
        "cost": network.cost_function.name,
    }


def _expect_same(name: str, asked: Any, held: Any, path: Path) -> None:
    if asked != held:
        given, found = (as_typed(each) if name == "sizes" else each for each in (asked, held))
        raise BadInput(
            f"--{name} {given} contradicts the network in {path}, which has {found}; leave "
            f"--{name} out"
        )

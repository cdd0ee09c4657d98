"""What a command is about: the options that describe a network and a mini-batch, and both built."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gradcheck.commands.data import data_option, load_data
from gradcheck.commands.shared import (
    SIZES,
    Command,
    activation_option,
    device_option,
    dtype_option,
    expect_memory,
    seed_option,
)
from nets.errors import BadInput

if TYPE_CHECKING:
    from nets.data.digits import Digits
    from nets.network import Network

__all__ = [
    "Subject",
    "SubjectOptions",
    "cost_option",
    "draw_mini_batch",
    "expect_pixels",
    "initialisation_option",
    "sizes_option",
    "subject_options",
    "subject_text",
]

sizes_option = click.option(
    "--sizes",
    type=SIZES,
    default="784,30,10",
    show_default=True,
    help="Neurons in each layer, the input first.",
)
cost_option = click.option(
    "--cost",
    type=click.Choice(["quadratic", "fused-sigmoid-cross-entropy", "fused-softmax-cross-entropy"]),
    default="quadratic",
    show_default=True,
    help="What training makes small. A fused cost contains the last layer's activation.",
)
initialisation_option = click.option(
    "--init",
    "initialisation",
    type=click.Choice(["book", "scaled"]),
    default="book",
    show_default=True,
    help="Draw from N(0, 1), or weights from N(0, 1/n) and biases zero.",
)


@dataclass(frozen=True)
class Subject:
    """A network, a mini-batch for it, and how both came about."""

    options: "SubjectOptions"
    network: "Network"
    inputs: Any  # (n_input, batch)
    targets: Any  # (n_output, batch)
    examples: str  # what they are, in words

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings: the part of the JSON that tells what it is about."""
        asked = self.options
        return {
            "network": {
                "sizes": list(asked.sizes),
                "activation": asked.activation,
                "cost": asked.cost,
                "init": asked.initialisation,
                "parameters": self.network.parameter_count,
            },
            "device": asked.device,
            "dtype": asked.dtype,
            "batch_size": asked.batch_size,
            "seed": asked.seed,
            "data": self.examples,
            "weights": None if asked.weights is None else str(asked.weights),
        }


@dataclass(frozen=True)
class SubjectOptions:
    """What was asked for on the command line; of a network from a file, what the file says."""

    sizes: tuple[int, ...]
    activation: str
    cost: str
    initialisation: str
    batch_size: int
    seed: int
    dtype: str
    device: str
    data: str | None
    weights: Path | None = None
    trained: "Network | None" = None  # what the file of weights holds

    @property
    def title(self) -> str:
        """The sizes as networks are called, such as 784-30-10."""
        return "-".join(map(str, self.sizes))

    def expect_memory(self, arrays: int) -> None:
        """See that it fits, with this many arrays as large as all parameters.

        Raises:
            BadInput: it does not.

        """
        expect_memory(self.sizes, self.batch_size, arrays, self.device)

    def build(self) -> Subject:
        """Draw the network, unless it comes from a file, and the mini-batch.

        Raises:
            BadInput: the data cannot be read or does not fit the network, or there is no such
                device.

        """
        from nets.arrays import place
        from nets.network import Network

        inputs, targets, examples = draw_mini_batch(
            self.data, self.sizes, self.batch_size, self.seed
        )
        where = place(self.device, self.dtype)
        if self.trained is not None:
            network = self.trained.with_parameters(
                [where.put(array) for array in self.trained.parameters]
            )
        else:
            network = Network.create(
                self.sizes,
                activation=self.activation,
                cost=self.cost,
                initialisation=self.initialisation,
                seed=self.seed,
                where=where,
            )
        return Subject(self, network, where.put(inputs), where.put(targets), examples)


def subject_options(dtype_help: str) -> Callable[[Command], Callable[..., Any]]:
    """The options of a ``SubjectOptions``, which the command receives as ``asked``.

    Args:
        dtype_help: what --dtype means for the command.

    """
    options = (
        sizes_option,
        activation_option,
        cost_option,
        initialisation_option,
        click.option(
            "--batch-size",
            type=click.IntRange(min=1),
            default=10,
            show_default=True,
            help="Examples in the mini-batch.",
        ),
        seed_option,
        dtype_option(dtype_help),
        device_option,
        data_option(None, "Without it, inputs are random and dense."),
        click.option(
            "--weights",
            type=click.Path(path_type=Path),
            metavar="FILE.npz",
            help="A network that gradcheck train --save wrote, instead of a drawn one.",
        ),
    )

    def decorate(command: Command) -> Callable[..., Any]:
        @functools.wraps(command)
        def with_subject(**given: Any) -> Any:
            names = {field.name for field in fields(SubjectOptions)} - {"trained"}
            asked = SubjectOptions(**{name: given.pop(name) for name in names})
            if asked.weights is not None:
                context = click.get_current_context()
                typed = {name for name in names if _is_typed(context, name)}
                asked = _from_file(asked, asked.weights.expanduser(), typed)
            return command(asked=asked, **given)

        decorated: Callable[..., Any] = with_subject
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def _is_typed(context: click.Context, name: str) -> bool:
    """Whether an option stood on the command line."""
    return context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


def _from_file(asked: SubjectOptions, path: Path, typed: set[str]) -> SubjectOptions:
    """What was asked for, with the network that a file of weights holds.

    Raises:
        BadInput: the file cannot be read, or what was typed contradicts it.

    """
    from nets.weights import load_network

    if "initialisation" in typed:
        raise BadInput("--init draws a network and --weights reads one; give one of the two")
    network = load_network(path)
    # Under a fused cost the last layer is the identity, and the others are what is asked about.
    functions = [layer.activation.name for layer in network.layers]
    fused = network.cost_function.fused_activation is not None
    hidden = functions[:-1] if fused and functions[1:] else functions
    held: dict[str, Any] = {
        "sizes": network.sizes,
        "activation": ", ".join(dict.fromkeys(hidden)),
        "cost": network.cost_function.name,
    }
    for name in typed & held.keys():
        if getattr(asked, name) != held[name]:
            given, found = (
                ",".join(map(str, value)) if name == "sizes" else value
                for value in (getattr(asked, name), held[name])
            )
            raise BadInput(
                f"--{name} {given} was asked for, and the network in {path} has {found}; leave "
                f"--{name} out"
            )
    return replace(
        asked,
        **held,
        dtype=asked.dtype if "dtype" in typed else network.place.dtype_name,
        initialisation=f"weights from {path.name}",
        trained=network,
    )


def subject_text(told: dict[str, Any], note: str = "") -> str:
    """What a ``Subject.to_dict`` tells, in words, with a note on the dtype."""
    network = told["network"]
    where = " on the GPU" if told["device"] == "gpu" else ""
    return (
        f"{'-'.join(map(str, network['sizes']))} network, {network['activation']}, "
        f"{network['cost']} cost, {network['parameters']:,} parameters, {told['dtype']}{note}"
        f"{where}; "
        f"mini-batch of {told['batch_size']}: {told['data']}, seed {told['seed']}"
    )


def draw_mini_batch(
    data: str | None, sizes: tuple[int, ...], batch_size: int, seed: int
) -> tuple[Any, Any, str]:
    """Inputs (n_input, batch), targets (n_output, batch) on the host, and what they are.

    Without data: dense inputs, uniform from 0 to 1, so that no weight goes untested, and one-hot
    targets (for a single output neuron, 0 or 1).

    Raises:
        BadInput: the data cannot be read or does not fit the network.

    """
    import numpy as np

    from nets.data.labels import one_hot

    # Apart from the network's own draw: the same seed gives the same examples for any network
    # with these inputs.
    generator = np.random.default_rng([seed, 1])
    if data is None:
        inputs = generator.random((sizes[0], batch_size))
        if sizes[-1] == 1:
            targets = generator.integers(0, 2, (1, batch_size)).astype(float)
        else:
            targets = one_hot(generator.integers(0, sizes[-1], batch_size), sizes[-1])
        return inputs, targets, "random dense inputs"
    digits = load_data(data, seed).training
    expect_pixels(digits, sizes)
    inputs, targets = digits.mini_batch(batch_size, sizes[-1], generator)
    return inputs, targets, digits.source


def expect_pixels(digits: "Digits", sizes: tuple[int, ...]) -> None:
    """See that images have a pixel for each neuron of the first layer.

    Raises:
        BadInput: they do not.

    """
    if digits.images.shape[0] != sizes[0]:
        raise BadInput(
            f"the images in {digits.source} have {digits.images.shape[0]} pixels, the first layer "
            f"has {sizes[0]} neurons; give --sizes {digits.images.shape[0]},..."
        )

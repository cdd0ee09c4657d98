"""The numbers that a live page begins with. What it computes is in ``gradcheck/show/page``."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.bugs.drawn import previous_batch
from gradcheck.bugs.planting import expect_layer, layers_to_plant
from gradcheck.bugs.zoo import BUGS, bug_named
from gradcheck.commands.options.page import PageOptions
from gradcheck.commands.runs.small_digits import small_mini_batch
from gradcheck.commands.runs.subject import network_of
from gradcheck.show.numbers import sizes_text
from gradcheck.show.page.document import Page, page_file, write_page
from nets.arrays import CPU
from nets.errors import BadInput
from nets.network import Network
from nets.shapes import parameter_count

__all__ = ["live_page", "write_live_page"]

# Seeds to choose from on the page: the one that was asked for, and those after it.
SEEDS = 8


def write_live_page(asked: PageOptions) -> str:
    """Write the page, and return a sentence about it.

    Raises:
        BadInput: the data or the mistake does not fit the network, or the file cannot be written.

    """
    write_page(live_page(asked), asked.file)
    return f"Wrote {asked.file}: {_about(asked)} Open the file in a browser."


def live_page(asked: PageOptions) -> Page:
    """The page with its numbers.

    Raises:
        BadInput: the data or the mistake does not fit the network.

    """
    drawn = list(_drawn(asked))
    network, batch, previous, examples = drawn[0]
    data = {
        "about": f"{_about(asked)} {_inputs(asked, examples)} gradcheck wrote this page; it needs "
        "no internet.",
        "activation": asked.activation,
        "cost": asked.cost,
        "examples": batch.size,
        "bug": asked.bug,
        "layer": _layer_of_bug(asked, network, batch, previous),
        "bugs": {bug.name: bug.says for bug in BUGS.values()},
        "seeds": [
            _numbers(asked.seed + later, network, batch, previous)
            for later, (network, batch, previous, _) in enumerate(drawn)
        ],
    }
    title = f"Backprop and equation (46) at work: {sizes_text(asked.sizes)}"
    return Page(
        title, page_file("live.html"), ("page.css", "chart.css", "live.css"), "live.js", data
    )


def _about(asked: PageOptions) -> str:
    count = parameter_count(asked.sizes)
    return f"The {sizes_text(asked.sizes)} network has {count} weights and biases."


def _inputs(asked: PageOptions, examples: str) -> str:
    if asked.data is None:
        return "Its inputs are random numbers between 0 and 1."
    return f"Its inputs are {examples}."


def _drawn(asked: PageOptions) -> Iterator[tuple[Network, MiniBatch, MiniBatch, str]]:
    """For each seed: the network, the mini-batch, the one before, and what its inputs are."""
    given = None
    for seed in range(asked.seed, asked.seed + SEEDS):
        if given is None or asked.data is None:  # digits are loaded once
            given = small_mini_batch(asked.data, asked.sizes, asked.batch_size, seed)
        inputs, targets, examples = given
        batch = MiniBatch(np.asarray(inputs, dtype=float), np.asarray(targets, dtype=float))
        network = network_of(replace(asked, seed=seed), CPU)
        yield network, batch, previous_batch(batch, seed), examples


def _numbers(seed: int, network: Network, batch: MiniBatch, previous: MiniBatch) -> dict[str, Any]:
    """What the page needs of one seed, as lists of rows."""
    return {
        "seed": seed,
        "layers": [
            {"weights": layer.weights.tolist(), "biases": layer.biases.tolist()}
            for layer in network.layers
        ],
        "inputs": batch.inputs.tolist(),
        "targets": batch.targets.tolist(),
        "previous_inputs": previous.inputs.tolist(),
    }


def _layer_of_bug(
    asked: PageOptions, network: Network, batch: MiniBatch, previous: MiniBatch
) -> int | None:
    """The layer of the mistake to begin with; None if there is no mistake.

    Raises:
        BadInput: this network cannot show it.

    """
    if asked.bug is None:
        return None
    if asked.layer is not None:
        expect_layer(network, asked.layer)
    layers = layers_to_plant(network, batch, bug_named(asked.bug), previous)
    if not layers or (asked.layer is not None and asked.layer not in layers):
        where = "this network" if asked.layer is None else f"layer {asked.layer} of this network"
        can = [name for name in BUGS if layers_to_plant(network, batch, BUGS[name], previous)]
        other = (
            f"give --layer {' or '.join(map(str, layers))}"
            if layers
            else (f"try other sizes or a larger mini-batch, or one of {', '.join(can)}")
        )
        raise BadInput(
            f"{where} cannot show the bug {asked.bug}: it changes nothing there; {other}"
        )
    return asked.layer or layers[-1]

"""The numbers that a live page begins with."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gradcheck.bugs.zoo import BUGS
from gradcheck.commands.options.page import PageOptions
from gradcheck.commands.runs.digits import draw_mini_batch
from gradcheck.commands.runs.live_page import SEEDS, live_page, write_live_page
from nets.errors import BadInput
from nets.network import Network

ASKED = PageOptions(
    (3, 3, 2), "tanh", "quadratic", "book", 4, 5, bug=None, layer=None, file=Path("page.html")
)


def test_each_seed_has_the_network_and_the_mini_batch_of_verify() -> None:
    data = live_page(ASKED).data
    assert [each["seed"] for each in data["seeds"]] == list(range(5, 5 + SEEDS))
    for each in data["seeds"]:
        network = Network.create((3, 3, 2), activation="tanh", seed=each["seed"])
        inputs, targets, _ = draw_mini_batch(None, (3, 3, 2), 4, each["seed"])
        for layer, numbers in zip(network.layers, each["layers"], strict=True):
            assert np.array_equal(layer.weights, numbers["weights"])
            assert np.array_equal(layer.biases, numbers["biases"])
        assert np.array_equal(inputs, each["inputs"])
        assert np.array_equal(targets, each["targets"])
        assert np.shape(each["previous_inputs"]) == (3, 4)
        assert not np.array_equal(each["previous_inputs"], inputs)


def test_the_page_says_what_it_shows() -> None:
    page = live_page(ASKED)
    assert page.title == "Backprop and equation (46) at work: 3-3-2"
    assert page.data["about"].startswith("The 3-3-2 network has 20 weights and biases. Its inputs ")
    assert (page.data["activation"], page.data["cost"], page.data["examples"]) == (
        *("tanh", "quadratic"),
        4,
    )
    assert page.data["bugs"] == {bug.name: bug.says for bug in BUGS.values()}
    assert (page.data["bug"], page.data["layer"]) == (None, None)


@pytest.mark.parametrize(
    ("bug", "layer", "shown"),
    [("derivative-twice", None, 2), ("derivative-twice", 1, 1), ("sign-flipped", None, 2)],
)
def test_a_mistake_begins_in_the_last_layer_that_shows_it(
    bug: str, layer: int | None, shown: int
) -> None:
    data = live_page(replace(ASKED, bug=bug, layer=layer)).data
    assert (data["bug"], data["layer"]) == (bug, shown)


@pytest.mark.parametrize(
    ("bug", "layer", "words"),
    [
        (
            "relu-derivative-one",
            None,
            "this network cannot show the bug relu-derivative-one: it changes nothing there; try "
            "other sizes or a larger mini-batch, or one of sign-flipped, ",
        ),
        (
            "updated-weights",
            1,
            "layer 1 of this network cannot show the bug updated-weights: it changes nothing "
            "there; give --layer 2",
        ),
        ("sign-flipped", 3, "there is no layer 3"),
    ],
)
def test_a_mistake_that_the_network_cannot_show_is_refused(
    bug: str, layer: int | None, words: str
) -> None:
    with pytest.raises(BadInput, match=re.escape(words)):
        live_page(replace(ASKED, bug=bug, layer=layer))


def test_the_page_is_written_and_said(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert write_live_page(replace(ASKED, file=file)) == (
        f"Wrote {file}: The 3-3-2 network has 20 weights and biases. Open the file in a browser."
    )
    assert "The 3-3-2 network has 20 weights" in file.read_text("utf-8")

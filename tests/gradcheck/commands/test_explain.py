"""``gradcheck explain`` as it is typed."""

import json
from pathlib import Path

import numpy as np
import pytest

from nets.network import Network
from nets.weights import save_network
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input

BAD = {
    "no such layer": (("--weight", "3,1,1"), "there is no layer 3; the layers are 1 to 2"),
    "a word": (("--weight", "first"), "'first' is not a whole number of at least 1"),
    "too large": (("--sizes", "784,30,10"), "has 23,860 parameters, and explain shows at most 500"),
    "no folder": (("--plot", "no/such/folder/net.png"), "net.png cannot be written"),
    "no figure": (("--plot", "net.txt"), "give a name that ends in .png, .svg or .pdf"),
}


@pytest.mark.parametrize(("options", "words"), BAD.values(), ids=BAD)
def test_bad_input_is_said_in_one_line(
    gradcheck_command: Command, options: tuple[str, ...], words: str
) -> None:
    expect_bad_input(gradcheck_command("explain", *options), words)


def test_the_whole_walk_and_the_weight_that_was_asked_for(gradcheck_command: Command) -> None:
    ended = gradcheck_command("explain", "--sizes", "2,3,1", "--weight", "2,1,3", "--plain")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count("backward, step") == 9
    assert "Layer 2 weights [0, 2] = " in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80


def test_it_is_the_network_that_verify_checks(gradcheck_command: Command) -> None:
    options = ("--sizes", "3,2", "--activation", "tanh", "--seed", "4", "--batch-size", "5")
    shown = json.loads(gradcheck_command("explain", *options, "--json").out)
    checked = json.loads(gradcheck_command("verify", *options, "--json").out)
    assert shown["cost"] == pytest.approx(checked["cost"], rel=1e-12)
    assert shown["network"] == checked["network"]
    assert shown["command"] == "explain"


def test_weights_come_from_a_file(gradcheck_command: Command, tmp_path: Path) -> None:
    network = Network.create([2, 4, 3], activation="tanh", seed=7)
    with (tmp_path / "net.npz").open("wb") as file:
        save_network(network, file)
    ended = gradcheck_command("explain", "--weights", tmp_path / "net.npz", "--json")
    shown = json.loads(ended.out)
    assert shown["network"]["sizes"] == [2, 4, 3]
    assert np.array_equal(shown["steps"][1]["terms"][0]["values"], network.layers[0].weights)


def test_digits_are_shrunk_to_the_inputs(gradcheck_command: Command) -> None:
    ended = gradcheck_command("explain", "--sizes", "16,10", "--data", "drawn", "--json")
    assert len(json.loads(ended.out)["steps"][0]["terms"][0]["values"]) == 16


def test_the_network_is_drawn(gradcheck_command: Command, tmp_path: Path) -> None:
    assert gradcheck_command("explain", "--plot", tmp_path / "net.svg").code == 0
    assert "A 2-3-1 network with its weights" in (tmp_path / "net.svg").read_text("utf-8")

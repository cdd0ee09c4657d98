"""``explain`` draws the network that ``verify`` checks, and walks through it."""

import json
from pathlib import Path

import pytest

from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.commands.runs.explain_network import explain_network
from gradcheck.walk.chain import OneEntry
from tests.idx import write_digits

ASKED = SubjectOptions((2, 3, 1), "tanh", "quadratic", "book", 2, 5, "float64", "cpu", None)
ENTRY = OneEntry(2, 0, 1)


def test_the_text_begins_with_the_network_and_ends_with_the_entry(
    capsys: pytest.CaptureFixture[str],
) -> None:
    explain_network(ASKED, ENTRY, OutputOptions(as_json=False, plain=True))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2-3-1 network")
    assert any(line.startswith("Layer 2 weights [0, 1] = ") for line in lines)
    assert max(map(len, lines)) <= 80


def test_json_has_the_network_the_steps_and_the_entry(capsys: pytest.CaptureFixture[str]) -> None:
    explain_network(ASKED, ENTRY, OutputOptions(as_json=True, plain=False))
    found = json.loads(capsys.readouterr().out)
    assert found["command"] == "explain"
    assert found["network"]["activation"] == "tanh"
    assert len(found["steps"]) == 15
    assert (found["entry"]["layer"], found["entry"]["index"]) == (2, [0, 1])


def test_images_are_shrunk_to_the_inputs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_digits(tmp_path / "digits")
    asked = SubjectOptions(
        (4, 10), "tanh", "quadratic", "book", 3, 5, "float64", "cpu", str(tmp_path / "digits")
    )
    explain_network(asked, OneEntry(1, 0, 0), OutputOptions(as_json=True, plain=False))
    found = json.loads(capsys.readouterr().out)
    inputs = found["steps"][0]["terms"][0]["values"]
    assert (len(inputs), len(inputs[0])) == (4, 3)
    assert found["data"].endswith("shrunk to 2 x 2 pixels")


def test_the_figure_says_what_it_shows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figure = tmp_path / "net.svg"
    explain_network(ASKED, ENTRY, OutputOptions(as_json=True, plain=False, plot=figure))
    cost = json.loads(capsys.readouterr().out)["cost"]
    words = f"A 2-3-1 network with its weights and activations; C = {cost:.4g}."
    assert words in figure.read_text("utf-8")

"""``gradcheck digits`` as it is typed, and --data."""

import json
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nets.data import sources
from nets.errors import BadInput
from tests.conftest import Command
from tests.idx import write_digits
from tests.pickles import DIGITS


@pytest.fixture(autouse=True)
def few_drawn_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "DRAWN_TRAINING", 60)
    monkeypatch.setattr(sources, "DRAWN_TEST", 5)


def test_drawn_digits_by_default_and_said_so(gradcheck_command: Command) -> None:
    ended = gradcheck_command("digits")
    assert ended.code == 0
    assert ended.err == ""
    assert "Images 0 to 24 of 60: drawn digits (not handwritten), seed 0." in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80
    assert ended.out == gradcheck_command("digits", "--data", "drawn").out
    assert ended.out != gradcheck_command("digits", "--seed", "1").out


def test_plain_is_ascii(gradcheck_command: Command) -> None:
    ended = gradcheck_command("digits", "--plain", "--rows", "2")
    assert ended.out.isascii()
    assert "@" in ended.out


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_any_terminal(gradcheck_process: Command, tmp_path: Path, encoding: str) -> None:
    write_digits(tmp_path)
    ended = gradcheck_process("digits", "--data", tmp_path, PYTHONIOENCODING=encoding)
    assert ended.code == 0
    assert ended.err == ""
    assert "\\u" not in ended.out
    assert ("\N{FULL BLOCK}" in ended.out) == (encoding == "utf-8")


def test_json_has_labels_and_pixels(gradcheck_command: Command, tmp_path: Path) -> None:
    images = np.arange(10 * 6).reshape(10, 2, 3)
    write_digits(tmp_path, images=images)
    arguments = ("--data", tmp_path, "--rows", "1", "--columns", "2", "--offset", "5", "--json")
    told = json.loads(gradcheck_command("digits", *arguments).out)
    assert (told["schema_version"], told["command"]) == (1, "digits")
    assert "split into its first 8 images" in told["data"]
    assert [(digit["index"], digit["label"]) for digit in told["digits"]] == [(5, 5), (6, 6)]
    pixels = np.array([digit["pixels"] for digit in told["digits"]])
    assert np.allclose(pixels, images[5:7] / 255, atol=5e-5)


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_figure(gradcheck_command: Command, tmp_path: Path, suffix: str) -> None:
    figure = tmp_path / f"digits.{suffix}"
    ended = gradcheck_command("digits", "--rows", "2", "--plot", figure)
    assert ended.code == 0
    assert "written to" in ended.out
    assert figure.stat().st_size > 1000
    if suffix == "svg":
        text = figure.read_text(encoding="utf-8")
        assert "Labels row by row: " in text
        assert "drawn digits (not handwritten)" in text


BAD = {
    "an offset past the end": (("--offset", "60"), "give at most 59"),
    "more columns than fit": (("--columns", "10"), "10 columns do not fit"),
    "no rows": (("--rows", "0"), "--rows"),
    "a path that is not there": (("--data", "nowhere"), "nowhere does not exist; give drawn,"),
    "an empty path": (("--data", ""), "an empty path does not exist"),
    "a figure of another kind": (("--plot", "digits.jpg"), "digits.jpg"),
    "a folder that is not there": (("--plot", "no/such/digits.png"), "cannot be written"),
}


@pytest.mark.parametrize(("arguments", "message"), BAD.values(), ids=BAD)
def test_bad_input_is_one_line(
    gradcheck_command: Command, arguments: tuple[str, ...], message: str
) -> None:
    ended = gradcheck_command("digits", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err
    assert ended.err.count("\n") == 1


def test_a_malicious_pickle_is_one_line(gradcheck_command: Command, tmp_path: Path) -> None:
    path = tmp_path / "mnist.pkl"
    path.write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")
    ended = gradcheck_command("digits", "--data", path)
    assert (ended.code, ended.out) == (2, "")
    assert "it tries to call 'os.system'; nothing of it was run" in ended.err
    assert ended.err.count("\n") == 1


def test_mnist_that_cannot_be_fetched_is_one_line(
    gradcheck_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**options: Any) -> None:
        raise BadInput("MNIST could not be fetched")

    monkeypatch.setattr("nets.data.mnist.fetch", fail)
    ended = gradcheck_command("digits", "--data", "mnist")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "gradcheck: MNIST could not be fetched\n"


# The same option elsewhere


def test_verify_on_drawn_digits(gradcheck_command: Command) -> None:
    arguments = ("verify", "--sizes", "784,5,10", "--data", "drawn", "--init", "scaled", "--json")
    told = json.loads(gradcheck_command(*arguments).out)
    assert told["data"] == "drawn digits (not handwritten)"
    assert told["verdict"] == "agree"


def test_verify_on_a_pickle(gradcheck_command: Command, tmp_path: Path) -> None:
    path = tmp_path / "mnist.pkl"
    path.write_bytes(pickle.dumps(DIGITS))
    arguments = ("--sizes", "4,3,3", "--data", path, "--batch-size", "3", "--json")
    told = json.loads(gradcheck_command("verify", *arguments).out)
    assert told["data"] == "mnist.pkl, training"
    assert told["verdict"] == "agree"


def test_verify_without_data_takes_dense_inputs(gradcheck_command: Command) -> None:
    told = json.loads(gradcheck_command("verify", "--sizes", "4,3,2", "--json").out)
    assert told["data"] == "random dense inputs"

"""``--data``: digits from files, drawn ones, and random inputs without them."""

import gzip
import json
import os
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nets.errors import BadInput
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input, words_of
from tests.idx import IMAGES, LABELS, idx_bytes, write_digits
from tests.pickles import DIGITS

BAD_FILES: dict[str, tuple[dict[str, bytes], str]] = {
    "an empty folder": ({}, "holds no images file"),
    "no labels": ({IMAGES: idx_bytes(np.zeros((2, 4, 4)))}, "no labels for"),
    "an empty file": ({IMAGES: b"", LABELS: b""}, "is empty"),
    "cut off": ({IMAGES: idx_bytes(np.zeros((2, 4, 4)))[:-1], LABELS: b""}, "header promises"),
    "a gzip file cut off": (
        {IMAGES: gzip.compress(idx_bytes(np.zeros((2, 4, 4))))[:-9], LABELS: b""},
        "is cut off",
    ),
    "not IDX": ({IMAGES: b"hello there", LABELS: b""}, "an IDX file of bytes begins with"),
    "other counts": (
        {IMAGES: idx_bytes(np.zeros((2, 4, 4))), LABELS: idx_bytes([1, 2, 3])},
        "2 images in",
    ),
    "no images": (
        {IMAGES: idx_bytes(np.zeros((0, 4, 4))), LABELS: idx_bytes([])},
        "holds no numbers",
    ),
    "labels beyond the last layer": (
        {IMAGES: idx_bytes(np.zeros((4, 4, 4))), LABELS: idx_bytes([0, 3, 1, 2])},
        "label 3 does not fit a last layer of 3 neurons",
    ),
    "images of another size": (
        {IMAGES: idx_bytes(np.zeros((2, 4, 5))), LABELS: idx_bytes([0, 1])},
        "have 20 pixels, but the first layer has 16 neurons",
    ),
    "a batch larger than the data": (
        {IMAGES: idx_bytes(np.zeros((2, 4, 4))), LABELS: idx_bytes([0, 1])},
        "a batch of 2 was asked for",
    ),
}


@pytest.mark.parametrize(("files", "words"), BAD_FILES.values(), ids=BAD_FILES)
def test_bad_data(
    tmp_path: Path, gradcheck_command: Command, files: dict[str, bytes], words: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    expect_bad_input(
        gradcheck_command("verify", "--sizes", "16,4,3", "--data", tmp_path, "--batch-size", "2"),
        words,
    )


def test_a_data_path_that_is_not_there(tmp_path: Path, gradcheck_command: Command) -> None:
    missing = tmp_path / "nowhere"
    expect_bad_input(gradcheck_command("verify", "--data", missing), str(missing), "not exist")


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("single_file", [False, True])
def test_a_mini_batch_of_digits(
    tmp_path: Path, gradcheck_command: Command, compressed: bool, single_file: bool
) -> None:
    gz = ".gz" if compressed else ""
    names = IMAGES + gz, LABELS + gz
    folder = write_digits(tmp_path, names=names, compressed=compressed)
    path = folder / names[0] if single_file else folder
    ended = gradcheck_command("verify", "--sizes", "16,5,10", "--data", path, "--init", "scaled")
    assert ended.code == 0
    assert names[0] in words_of(ended)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a thing of POSIX")
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    for name in ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"):
        os.mkfifo(tmp_path / name)
    ended = gradcheck_command("verify", "--data", tmp_path)
    assert ended.code == 2
    assert "is not a file" in ended.err


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

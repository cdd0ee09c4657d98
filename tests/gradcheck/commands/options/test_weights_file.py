"""``--weights``: the network in a file, and options that contradict it."""

import json
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input, training


def test_verify_takes_the_numbers_of_the_file(
    digits: Path, tmp_path: Path, gradcheck_command: Command
) -> None:
    path = tmp_path / "net.npz"
    costs = []
    for epochs in ("1", "3"):
        gradcheck_command(*training(digits, "--epochs", epochs, "--save", path))
        record = json.loads(gradcheck_command("verify", "--weights", path, "--json").out)
        costs.append(record["cost"])
    assert costs[0] != costs[1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--sizes", "16,7,3"), "--sizes 16,7,3 contradicts the network in"),
        (("--activation", "relu"), "which has sigmoid; leave --activation out"),
        (
            ("--cost", "fused-softmax-cross-entropy"),
            "which has quadratic; leave --cost out",
        ),
        (("--init", "scaled"), "--init draws a network and --weights reads one"),
    ],
)
def test_what_contradicts_the_file_of_weights_is_refused(
    digits: Path,
    tmp_path: Path,
    gradcheck_command: Command,
    options: tuple[str, ...],
    words: str,
) -> None:
    path = tmp_path / "net.npz"
    gradcheck_command(*training(digits, "--save", path))
    expect_bad_input(gradcheck_command("verify", "--weights", path, *options), words)


def test_weights_that_are_none(tmp_path: Path, gradcheck_command: Command) -> None:
    path = tmp_path / "net.npz"
    expect_bad_input(gradcheck_command("verify", "--weights", path), "cannot be read: No such file")
    path.write_bytes(b"hello there")
    expect_bad_input(gradcheck_command("verify", "--weights", path), "cannot be read as a file of")

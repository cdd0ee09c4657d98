"""Options of a training that make no sense together."""

from pathlib import Path

import pytest

from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input, training


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--epochs", "0"), "--epochs"),
        (("--eta", "fast"), "'fast'"),
        (("--check-every", "0"), "--check-every"),
        (("--check-every", "4"), "--check-every 4 with --epochs 3 would check nothing"),
        (("--save", "net.txt"), "--save 'net.txt' is not a name for a file of weights"),
        (("--save", "nowhere/at/all/net.npz"), "cannot be written"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
def test_bad_options(
    digits: Path,
    gradcheck_command: Command,
    options: tuple[str, ...],
    words: str,
    form: tuple[str, ...],
) -> None:
    expect_bad_input(gradcheck_command(*training(digits, *options, *form)), words)

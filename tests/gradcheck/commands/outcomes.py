"""What the tests of commands look for in how a command ended, and command lines they share."""

import io
import json
import re
from pathlib import Path
from typing import Any

from tests.conftest import Outcome

__all__ = [
    "EPOCH_LINE",
    "Terminal",
    "expect_bad_input",
    "json_lines",
    "never_measured",
    "record_of",
    "training",
    "words_of",
]


# The line of an epoch: its number, the right answers, all answers.
EPOCH_LINE = re.compile(
    r"^Epoch (\d+): ([\d,]+) / ([\d,]+) right \(\d+\.\d %\), \d+\.\d s, cost \d\S*$", re.MULTILINE
)


def words_of(ended: Outcome) -> str:
    """Standard output on one line, so that it does not matter where lines were broken."""
    return " ".join(ended.out.split())


def record_of(ended: Outcome) -> dict[str, Any]:
    """The one JSON object on standard output, with nothing on standard error."""
    assert ended.err == ""
    record: dict[str, Any] = json.loads(ended.out)
    return record


def json_lines(ended: Outcome) -> list[dict[str, Any]]:
    """The JSON object on each line of standard output."""
    return [json.loads(line) for line in ended.out.splitlines()]


def expect_bad_input(ended: Outcome, *words: str) -> None:
    """One clear line on standard error, nothing on standard output."""
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.startswith("gradcheck: ")
    assert ended.err.endswith("\n")
    assert ended.err.count("\n") == 1
    assert "Traceback" not in ended.err
    for word in words:
        assert word in ended.err


def never_measured(*given: object, **options: object) -> None:
    """In place of a measurement that bad input should not reach."""
    raise AssertionError("something was measured")


def training(data: Path, *more: str | Path) -> tuple[str | Path, ...]:
    """The command line of a short training."""
    small = ("--sizes", "16,6,3", "--epochs", "3", "--batch-size", "5", "--eta", "2")
    return ("train", "--data", data, *small, *more)


class Terminal(io.StringIO):
    """Standard error as a terminal of 80 columns that keeps what is written to it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True

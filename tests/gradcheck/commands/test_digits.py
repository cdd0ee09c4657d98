"""``gradcheck digits`` as it is typed."""

from pathlib import Path

import pytest

from nets.data import sources
from tests.conftest import Command
from tests.idx import write_digits


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
def test_any_terminal(gradcheck_pipe: Command, tmp_path: Path, encoding: str) -> None:
    write_digits(tmp_path)
    ended = gradcheck_pipe("digits", "--data", tmp_path, PYTHONIOENCODING=encoding)
    assert ended.code == 0
    assert ended.err == ""
    assert "\\u" not in ended.out
    assert ("\N{FULL BLOCK}" in ended.out) == (encoding == "utf-8")


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

"""``gradcheck step-sweep`` as it is typed."""

import pytest

from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input, never_measured

QUICK = ("step-sweep", "--sizes", "4,3,2")


def test_the_tables_and_the_reason_are_shown(gradcheck_command: Command) -> None:
    ended = gradcheck_command(*QUICK, "--plain")
    assert ended.code == 0
    for words in ("4-3-2 network", "float64: error by step", "float32: error by step", "Why a V"):
        assert words in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80
    assert ended.out.isascii()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--scheme", "backward"), "'backward'"),
        (("--scheme", "complex", "--activation", "relu"), "relu has a kink"),
        (("--sample", "0"), "--sample"),
        (("--sizes", "784"), "two or more layers"),
        (("--sizes", "1e9,1e9"), "GB"),
        (("--engine", "steam"), "'steam'"),
        (("--plot", "figure.jpg"), "figure.jpg"),
        (("--csv", "no/such/folder/rows.csv"), "cannot be written"),
    ],
)
def test_bad_input_is_answered_in_one_line_before_anything_is_measured(
    gradcheck_command: Command,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.setattr("gradcheck.sweep.measure._sweep_in", never_measured)
    expect_bad_input(gradcheck_command("step-sweep", *arguments), message)

"""``gradcheck cost-compare`` as it is typed."""

import sys

import pytest

from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input, never_measured

QUICK = ("cost-compare", "--sizes", "4,3,2", "--budget", "0.2")


def test_the_lecture_has_its_four_tables(gradcheck_command: Command) -> None:
    ended = gradcheck_command(*QUICK, "--batch-size", "1,10", "--plain")
    assert ended.code == 0
    for words in ("On paper", "On the clock", "Equation (46)", "all of backprop", "1 thread"):
        assert words in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80
    assert ended.out.isascii()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--budget", "0"), "budget of 0"),
        (("--budget", "-3"), "budget of -3"),
        (("--budget", "nan"), "budget of nan"),
        (("--batch-size", "1,,2"), "batch sizes such as"),
        (("--batch-size", "0"), "at least 1"),
        (("--batch-size", "ten"), "'ten' is not a whole number"),
        (("--sizes", "784"), "two or more layers, such as 784,30,10"),
        (("--sizes", "1e9,1e9"), "GB"),
        (("--threads", "0"), "--threads"),
        (("--plot", "figure.jpg"), "figure.jpg"),
        (("--plot", "no/such/folder/figure.png"), "cannot be written"),
        (("--csv", "no/such/folder/rows.csv"), "cannot be written"),
    ],
)
def test_bad_input_is_answered_in_one_line_before_anything_is_measured(
    gradcheck_command: Command,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.setattr("gradcheck.costs.measure.measured_row", never_measured)
    expect_bad_input(gradcheck_command("cost-compare", *arguments), message)


def test_a_gpu_that_is_not_there_is_told_in_one_line(
    gradcheck_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cupy", None)  # as if it were not installed
    ended = gradcheck_command(*QUICK, "--device", "gpu")
    assert ended.code == 2
    assert ended.out == ""
    assert "needs CuPy" in ended.err
    assert "cuda13" in ended.err
    assert ended.err.count("\n") == 1

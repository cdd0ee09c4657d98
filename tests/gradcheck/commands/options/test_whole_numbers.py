"""``--sizes``, ``--batch-size`` and other whole numbers as they are typed."""

import json

import pytest

from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input

BAD: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "one size": (("--sizes", "784"), ("'784' has too few numbers", "two or more", "784,30,10")),
    "an empty size": (("--sizes", "784,,10"), ("'784,,10'", "an empty place", "784,30,10")),
    "no size": (("--sizes", ""), ("an empty place", "784,30,10")),
    "a size of 0": (("--sizes", "784,0,10"), ("'0' is not a whole number of at least 1",)),
    "a negative size": (("--sizes", "784,-3,10"), ("'-3' is not a whole number of at least 1",)),
    "letters": (("--sizes", "a,b"), ("'a' is not a whole number",)),
    "half a neuron": (("--sizes", "784.5,10"), ("'784.5' is not a whole number",)),
    "no number": (("--sizes", "nan,10"), ("'nan' is not a whole number",)),
    "an infinite size": (("--sizes", "1e999,10"), ("'1e999' is not a whole number",)),
    "an empty batch": (("--batch-size", "0"), ("--batch-size", "x>=1")),
    "a negative batch": (("--batch-size", "-5"), ("--batch-size", "x>=1")),
}


@pytest.mark.parametrize(("options", "words"), BAD.values(), ids=BAD)
def test_bad_numbers(
    gradcheck_command: Command, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    expect_bad_input(gradcheck_command("verify", *options), *words)
    expect_bad_input(gradcheck_command("verify", "--json", *options), *words)


@pytest.mark.parametrize("size", ["9" * 5000, "1e999"])
def test_a_number_beyond_all_measure_is_refused(gradcheck_command: Command, size: str) -> None:
    expect_bad_input(gradcheck_command("verify", "--sizes", f"{size},1"), "is not a whole number")
    ended = gradcheck_command("cost-compare", "--batch-size", size)
    expect_bad_input(ended, "is not a whole number", "batch sizes such as 1,10,100")


@pytest.mark.parametrize("typed", ["20,3,2", " 20, 3 ,2", "2e1,3,2", "+20,3,2"])
def test_numbers_may_be_written_in_several_ways(
    gradcheck_command: Command, quick_timing: None, typed: str
) -> None:
    record = json.loads(gradcheck_command("verify", "--sizes", typed, "--json").out)
    assert record["network"]["sizes"] == [20, 3, 2]

"""Options that several commands have."""

from typing import Any

import click
import pytest

from gradcheck.commands.options.common import (
    batch_size_option,
    data_option,
    jobs_option,
    memory_option,
    sample_option,
    seed_option,
    sizes_option,
    threads_option,
)
from tests.gradcheck.commands.options.parsing import help_of, parsed

CASES: dict[str, tuple[Any, Any, tuple[str, str], Any]] = {
    "sizes": (sizes_option("4,3"), (4, 3), ("--sizes", "784,30,10"), (784, 30, 10)),
    "batch size": (batch_size_option(), 10, ("--batch-size", "1"), 1),
    "seed": (seed_option("digits"), 0, ("--seed", "0"), 0),
    "sample": (sample_option("Check"), None, ("--sample", "50"), 50),
    "a sample of 50": (sample_option("Measure", 50), 50, ("--sample", "7"), 7),
    "threads": (threads_option("Threads."), 1, ("--threads", "2"), 2),
    "jobs": (jobs_option("Processes."), None, ("--jobs", "256"), 256),
    "memory": (memory_option("Each"), 1000, ("--memory", "10"), 10),
    "data": (data_option(None), None, ("--data", "mnist"), "mnist"),
    "data that are drawn": (data_option("drawn"), "drawn", ("--data", "a/b"), "a/b"),
}


@pytest.mark.parametrize("name", CASES)
def test_an_option_has_its_default_and_takes_what_is_typed(name: str) -> None:
    option, default, typed, value = CASES[name]
    assert parsed(option) == default
    assert parsed(option, *typed) == value


@pytest.mark.parametrize(
    ("option", "typed"),
    [
        (sizes_option("4,3"), ("--sizes", "4")),
        (batch_size_option(), ("--batch-size", "0")),
        (seed_option("digits"), ("--seed", "-1")),
        (jobs_option("Processes."), ("--jobs", "257")),
        (memory_option("Each"), ("--memory", "9")),
        (sample_option("Check"), ("--sample", "1.5")),
    ],
)
def test_numbers_beyond_the_limits_are_refused(option: Any, typed: tuple[str, str]) -> None:
    with pytest.raises(click.UsageError):
        parsed(option, *typed)


def test_help_says_what_the_option_is_for_in_this_command() -> None:
    assert "Same seed, same digits. [default: 0; x>=0]" in help_of(seed_option("digits"))
    assert "Check at most N entries of each array, drawn at random. Default: all entries." in (
        help_of(sample_option("Check"))
    )
    assert "Default: all" not in help_of(sample_option("Measure", 50))
    without = help_of(data_option(None, "Else none."))
    assert "one IDX file of images, or mnist.pkl.gz. Else none. " in without
    assert "[default: " not in without
    assert "[default: drawn]" in help_of(data_option("drawn"))
    assert "How many examples a mini-batch has. At most 9." in help_of(
        batch_size_option("At most 9.")
    )
